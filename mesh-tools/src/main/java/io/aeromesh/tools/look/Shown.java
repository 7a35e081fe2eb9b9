package io.aeromesh.tools.look;

import io.aeromesh.status.MeshCounter.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How numbers and names are shown to people.
 */
public final class Shown
{
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final double THOUSAND = 1e3;
    private static final double KIBI = 1024;
    private static final int NAMES_MAX = 8;
    private static final String[] COUNTS = {"", " k", " M", " G", " T"};
    private static final String[] BYTES = {" B", " KiB", " MiB", " GiB", " TiB"};
    private static final String[] TIMES = {" ns", " us", " ms", " s"};

    private Shown()
    {
    }

    /**
     * Names in one line, in order; of many the first.
     */
    public static String names(final Collection<String> all)
    {
        final String first = all.stream().sorted().limit(NAMES_MAX).map(name -> "'" + name + "'")
            .collect(Collectors.joining(", "));
        return all.size() > NAMES_MAX ? first + " and " + (all.size() - NAMES_MAX) + " more" : first;
    }

    /**
     * A time of day, here.
     */
    public static String time(final long epochMs)
    {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    /**
     * As {@code 1 d 2 h}: the two largest units that there are.
     */
    public static String duration(final long durationMs)
    {
        final Duration duration = Duration.ofMillis(Math.max(0, durationMs));
        if (duration.toDays() > 0)
        {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0)
        {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s" :
            duration.toSeconds() + " s";
    }

    /**
     * A value in its unit, in three or four digits.
     */
    public static String value(final Unit unit, final double value)
    {
        return switch (unit)
        {
            case COUNT -> scaled(value, THOUSAND, COUNTS);
            case BYTES -> scaled(value, KIBI, BYTES);
            case NANOSECONDS -> scaled(value, THOUSAND, TIMES);
        };
    }

    /**
     * A value in its unit, in three or four digits.
     */
    public static String value(final Unit unit, final long value)
    {
        return value(unit, (double)value);
    }

    /**
     * A time in nanoseconds.
     */
    public static String nanoseconds(final long timeNs)
    {
        return value(Unit.NANOSECONDS, timeNs);
    }

    private static String scaled(final double value, final double step, final String[] units)
    {
        double scaled = value;
        int unit = 0;
        while (Math.abs(scaled) >= step && unit < units.length - 1)
        {
            scaled /= step;
            unit++;
        }
        final String digits = scaled == Math.rint(scaled) || Math.abs(scaled) >= 100 ? "%.0f%s" :
            Math.abs(scaled) >= 10 ? "%.1f%s" : "%.2f%s";
        return String.format(Locale.ROOT, digits, scaled, units[unit]);
    }
}
