package io.aeromesh.tools.process;

import java.util.Locale;

/**
 * Numbers for people.
 */
public final class Numbers
{
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;

    private Numbers()
    {
    }

    /**
     * To three digits after the point.
     */
    public static double rounded(final double value)
    {
        return Math.round(value * 1e3) / 1e3;
    }

    public static double us(final long ns)
    {
        return rounded(ns / NS_PER_US);
    }

    public static double ms(final long ns)
    {
        return rounded(ns / NS_PER_MS);
    }

    /**
     * With thousands apart.
     */
    public static String grouped(final long value)
    {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * Three digits and a unit.
     */
    public static String time(final long ns)
    {
        if (ns < 1_000)
        {
            return ns + " ns";
        }
        if (ns < 1_000_000)
        {
            return threeDigits(ns / NS_PER_US) + " us";
        }
        if (ns < 1_000_000_000L)
        {
            return threeDigits(ns / NS_PER_MS) + " ms";
        }
        return threeDigits(ns / NS_PER_MS / 1e3) + " s";
    }

    private static String threeDigits(final double value)
    {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
