package io.aeromesh.bench.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One page with all that is known: tables, and latency by percentile. It fetches nothing.
 */
public final class HtmlReport
{
    private static final String HEAD = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>mesh bench</title><style>
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 78rem; padding: 0 1rem;
          color: #1d2129; background: #fff }
        h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.5rem }
        .scroll { overflow-x: auto }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .85rem }
        th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid #e3e6ea; white-space: nowrap }
        th:first-child, td:first-child, th:last-child, td:last-child { text-align: left }
        td:last-child { white-space: normal; min-width: 20rem; color: #566 }
        svg { width: 100%; max-width: 54rem; height: auto } svg text { font-size: 12px; fill: #456 }
        .grid { stroke: #e3e6ea }
        </style></head><body>
        """;
    private static final String LEGEND =
        """
            <p>Times in nanoseconds per operation. The mean is over all operations of batches of some 2 ms
            during which no other process had a core of either end; percentiles are of single operations there and
            back, one under way at a time, each with the cost of reading the clock in it, and of shares of many one
            way. <em>limit</em> is the round trip of a bare cache line just
            before and after the row: rows are compared where the cores lay alike. With several runs, the median and
            (least-most).</p>
            """;

    private HtmlReport()
    {
    }

    /**
     * Into a file.
     *
     * @param command that gave the rows.
     */
    public static void write(final Path file, final String command, final List<Entry> entries) throws IOException
    {
        Files.writeString(file, text(command, entries), StandardCharsets.UTF_8);
    }

    static String text(final String command, final List<Entry> entries)
    {
        final StringBuilder html = new StringBuilder(HEAD);
        html.append("<h1>mesh bench</h1>\n<p><code>").append(escaped(command)).append("</code><br>")
            .append(escaped(machine())).append("</p>\n").append(LEGEND);
        for (final Summary.Group group : Summary.groups(entries))
        {
            html.append("<h2>").append(escaped(group.title())).append("</h2>\n<div class=\"scroll\"><table>\n");
            line(html, "th", group.columns());
            Summary.table(group).forEach(row -> line(html, "td", row));
            html.append("</table></div>\n");
            final Map<String, List<Double>> curves = curves(group);
            if (!curves.isEmpty())
            {
                html.append(new PercentilePlot(curves).svg());
            }
        }
        return html.append("</body></html>\n").toString();
    }

    private static String machine()
    {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " " +
            System.getProperty("os.version") + " " + System.getProperty("os.arch") + ", JDK " + Runtime.version();
    }

    /** Of the last run of each. */
    private static Map<String, List<Double>> curves(final Summary.Group group)
    {
        final Map<String, List<Double>> curves = new LinkedHashMap<>();
        group.lines().forEach((job, runs) ->
        {
            final List<Double> points = runs.get(runs.size() - 1).measured().percentiles();
            if (!points.isEmpty())
            {
                curves.put(job.tech(), points);
            }
        });
        return curves;
    }

    private static void line(final StringBuilder html, final String cell, final List<String> values)
    {
        html.append("<tr>");
        values.forEach(value -> html.append('<').append(cell).append('>').append(escaped(value)).append("</")
            .append(cell).append('>'));
        html.append("</tr>\n");
    }

    static String escaped(final String text)
    {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
