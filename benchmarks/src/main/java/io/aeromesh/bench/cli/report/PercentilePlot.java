package io.aeromesh.bench.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Latency by percentile as inline SVG: nines to the right, nanoseconds upwards, both logarithmic.
 */
final class PercentilePlot
{
    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 170;
    private static final int TOP = 16;
    private static final int BOTTOM = 40;
    private static final int NINES_MAX = 5;
    private static final int NUMBERS_PER_POINT = 2;
    private static final List<String> COLOURS = List.of("#0b6e4f", "#c1292e", "#235789", "#f1a208", "#7b2d8b",
        "#161925", "#3bb273", "#e15554", "#4d9de0", "#b08968", "#7768ae", "#5c6b73", "#ff7f51", "#00a6a6");

    private final Map<String, List<Double>> curves;
    private final double lowest;
    private final double highest;

    /**
     * @param curves by label: points as part from 0 to 1, nanoseconds, and so on.
     */
    PercentilePlot(final Map<String, List<Double>> curves)
    {
        this.curves = curves;
        double low = Double.MAX_VALUE;
        double high = 1;
        for (final List<Double> points : curves.values())
        {
            for (int i = 1; i < points.size(); i += NUMBERS_PER_POINT)
            {
                low = Math.min(low, Math.max(1, points.get(i)));
                high = Math.max(high, points.get(i));
            }
        }
        lowest = Math.floor(Math.log10(low == Double.MAX_VALUE ? 1 : low));
        highest = Math.max(lowest + 1, Math.ceil(Math.log10(high)));
    }

    String svg()
    {
        final StringBuilder svg = new StringBuilder();
        svg.append(format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"latency by percentile\">%n", WIDTH,
            HEIGHT));
        grid(svg);
        int index = 0;
        for (final Map.Entry<String, List<Double>> curve : curves.entrySet())
        {
            draw(svg, curve.getKey(), curve.getValue(), index++);
        }
        return svg.append("</svg>\n").toString();
    }

    private void grid(final StringBuilder svg)
    {
        for (int nines = 0; nines <= NINES_MAX; nines++)
        {
            final double x = x(1 - Math.pow(10, -nines));
            final String label = nines == 0 ? "0" : format("%s", 100 - 100 * Math.pow(10, -nines)).replaceAll(
                "(\\.\\d{1,3})\\d*$", "$1").replaceAll("\\.0$", "");
            svg.append(format("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" class=\"grid\"/>%n", x, TOP, x,
                HEIGHT - BOTTOM));
            svg.append(format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s %%</text>%n", x,
                HEIGHT - BOTTOM + 20, label));
        }
        for (double power = lowest; power <= highest; power++)
        {
            final double y = y(Math.pow(10, power));
            svg.append(format("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" class=\"grid\"/>%n", LEFT, y,
                WIDTH - RIGHT, y));
            svg.append(format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f ns</text>%n", LEFT - 6, y + 4,
                Math.pow(10, power)));
        }
    }

    private void draw(final StringBuilder svg, final String label, final List<Double> points, final int index)
    {
        final String colour = COLOURS.get(index % COLOURS.size());
        final StringBuilder path = new StringBuilder();
        for (int i = 0; i + 1 < points.size(); i += NUMBERS_PER_POINT)
        {
            path.append(format("%.1f,%.1f ", x(points.get(i)), y(points.get(i + 1))));
        }
        svg.append(format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
            path.toString().trim(), colour));
        final int y = TOP + 14 + index * 20;
        svg.append(format("<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n", WIDTH - RIGHT + 16,
            y - 6, colour));
        svg.append(format("<text x=\"%d\" y=\"%d\">%s</text>%n", WIDTH - RIGHT + 36, y, HtmlReport.escaped(label)));
    }

    private static double x(final double part)
    {
        final double nines = Math.min(NINES_MAX, -Math.log10(Math.max(Math.pow(10, -NINES_MAX), 1 - part)));
        return LEFT + nines / NINES_MAX * (WIDTH - LEFT - RIGHT);
    }

    private double y(final double valueNs)
    {
        final double share = (Math.log10(Math.max(1, valueNs)) - lowest) / (highest - lowest);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static String format(final String pattern, final Object... values)
    {
        return String.format(Locale.ROOT, pattern, values);
    }
}
