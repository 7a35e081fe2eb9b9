package io.aeromesh.bench.cli.tech;

import java.util.Locale;

/**
 * Bytes as people write them: {@code 32}, {@code 4k}, {@code 1m}.
 */
public final class Sizes
{
    private static final int K = 1024;

    private Sizes()
    {
    }

    /**
     * @throws NumberFormatException when it is no size.
     */
    public static long parse(final String text)
    {
        final String lower = text.trim().toLowerCase(Locale.ROOT);
        if (lower.endsWith("m"))
        {
            return Long.parseLong(lower.substring(0, lower.length() - 1)) * K * K;
        }
        if (lower.endsWith("k"))
        {
            return Long.parseLong(lower.substring(0, lower.length() - 1)) * K;
        }
        return Long.parseLong(lower);
    }

    /**
     * For people.
     */
    public static String text(final long size)
    {
        if (size >= K * K && size % (K * K) == 0)
        {
            return size / (K * K) + " MiB";
        }
        return size >= K && size % K == 0 ? size / K + " KiB" : size + " B";
    }
}
