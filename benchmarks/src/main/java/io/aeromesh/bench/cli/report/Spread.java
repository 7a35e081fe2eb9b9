package io.aeromesh.bench.cli.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Median of several runs, and how far they lie apart.
 *
 * @param least  of the values.
 * @param median of the values; the mean of the middle two where their number is even.
 * @param most   of the values.
 */
public record Spread(double least, double median, double most)
{
    /**
     * Of one number of each entry; NaN where there is none.
     */
    static Spread of(final List<Entry> entries, final ToDoubleFunction<Entry> number)
    {
        final double[] values = entries.stream().mapToDouble(number).filter(value -> !Double.isNaN(value)).sorted()
            .toArray();
        if (values.length == 0)
        {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        final int middle = values.length / 2;
        final double median =
            values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return new Spread(values[0], median, values[values.length - 1]);
    }

    /**
     * Of the ratio to the mean of another technology, of those runs in which the two can be compared.
     */
    static Spread beside(final List<Entry> runs, final List<Entry> all, final String tech)
    {
        return of(runs, entry -> entry.beside(all, tech)
            .map(other -> entry.measured().meanNs() / other.measured().meanNs())
            .orElse(Double.NaN));
    }
}
