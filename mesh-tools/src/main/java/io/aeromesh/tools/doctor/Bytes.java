package io.aeromesh.tools.doctor;

import java.util.Locale;

/**
 * Amounts of memory for people.
 */
final class Bytes
{
    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;
    static final long GIB = 1024 * MIB;

    private Bytes()
    {
    }

    static String text(final long bytes)
    {
        if (bytes < MIB)
        {
            return bytes < KIB ? bytes + " bytes" : amount(bytes, KIB, "KiB");
        }
        return bytes < GIB ? amount(bytes, MIB, "MiB") : amount(bytes, GIB, "GiB");
    }

    private static String amount(final long bytes, final long unit, final String name)
    {
        return String.format(Locale.ROOT, "%.1f %s", (double)bytes / unit, name);
    }
}
