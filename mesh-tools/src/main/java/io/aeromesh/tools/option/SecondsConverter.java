package io.aeromesh.tools.option;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Seconds on the command line, with parts of one.
 */
public final class SecondsConverter implements ITypeConverter<Duration>
{
    private static final double NS_PER_S = 1e9;
    private static final double SECONDS_MAX = 1e9;

    /**
     * As it is written on the command line.
     */
    public static String text(final Duration time)
    {
        final double seconds = time.toNanos() / NS_PER_S;
        return (seconds == Math.rint(seconds) ? Long.toString((long)seconds) : Double.toString(seconds)) + " s";
    }

    @Override
    public Duration convert(final String value)
    {
        try
        {
            final double seconds = Double.parseDouble(value);
            if (seconds >= 0 && seconds <= SECONDS_MAX)
            {
                return Duration.ofNanos(Math.round(seconds * NS_PER_S));
            }
        }
        catch (final NumberFormatException ignore)
        {
            // said below, as for a number out of range
        }
        throw new TypeConversionException("'" + value + "' is no number of seconds from 0 to " + (long)SECONDS_MAX);
    }
}
