package io.aeromesh.tools.option;

import java.time.Duration;

/**
 * Seconds on the command line, with parts of one.
 */
public class Seconds extends Bounded<Duration>
{
    private static final double NS_PER_S = 1e9;
    private static final double SECONDS_MAX = 1e9;

    public Seconds()
    {
        this(0, SECONDS_MAX);
    }

    private Seconds(final double min, final double max)
    {
        super(duration(min), duration(max), "number of seconds from " + number(min) + " to " + number(max));
    }

    /** From one look at the nodes to the next. */
    public static final class BetweenLooks extends Seconds
    {
        public BetweenLooks()
        {
            super(0.1, 3600);
        }
    }

    /**
     * As it is written on the command line.
     */
    public static String text(final Duration time)
    {
        return number(time.toNanos() / NS_PER_S) + " s";
    }

    private static String number(final double seconds)
    {
        return seconds == Math.rint(seconds) ? Long.toString((long)seconds) : Double.toString(seconds);
    }

    private static Duration duration(final double seconds)
    {
        return Duration.ofNanos(Math.round(seconds * NS_PER_S));
    }

    @Override
    final Duration parse(final String value)
    {
        final double seconds = Double.parseDouble(value);
        if (!(Math.abs(seconds) <= 2 * SECONDS_MAX)) // what a duration can not be; nor is NaN a number
        {
            throw new NumberFormatException();
        }
        return duration(seconds);
    }
}
