package io.aeromesh.bench.cli.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows for the terminal, with what each is worth beside the limit and beside Aeron IPC.
 */
public final class TableReport
{
    private static final String GAP = "  ";

    private TableReport()
    {
    }

    /**
     * Prints a table for each group of rows that can be compared.
     */
    public static void print(final PrintWriter out, final List<Entry> entries)
    {
        for (final Summary.Group group : Summary.groups(entries))
        {
            out.println();
            out.println(group.title());
            final List<List<String>> lines = new ArrayList<>();
            lines.add(group.columns());
            lines.addAll(Summary.table(group));
            printLines(out, lines);
        }
        out.flush();
    }

    private static void printLines(final PrintWriter out, final List<List<String>> lines)
    {
        final int columns = lines.get(0).size();
        final int[] widths = new int[columns];
        for (final List<String> line : lines.subList(1, lines.size()))
        {
            for (int i = 0; i < columns; i++)
            {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (int i = 0; i < columns; i++)
        {
            // a column of which nothing is known is left out
            widths[i] = widths[i] == 0 ? 0 : Math.max(widths[i], lines.get(0).get(i).length());
        }
        for (final List<String> line : lines)
        {
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns; i++)
            {
                if (widths[i] > 0)
                {
                    final boolean words = i == 0 || i >= columns - 2;
                    text.append(GAP).append(padded(line.get(i), widths[i], words));
                }
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** Words to the left, numbers to the right. */
    private static String padded(final String text, final int width, final boolean words)
    {
        final String padding = " ".repeat(Math.max(0, width - text.length()));
        return words ? text + padding : padding + text;
    }
}
