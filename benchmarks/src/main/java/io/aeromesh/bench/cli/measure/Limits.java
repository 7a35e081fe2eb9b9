package io.aeromesh.bench.cli.measure;

import java.util.Locale;

/**
 * Where the two cores lay while a row was measured, told by the limit before and after it: virtual cores move, and
 * rows of different places can not be compared.
 */
public enum Limits
{
    /** They share a cache. */
    NEAR,
    /** They do not. */
    FAR,
    /** They moved. */
    MIXED;

    /** Of one bounce, in nanoseconds: near ones took 42 to 180 on the machines that were looked at, far ones 330 up. */
    private static final double NEAR_MAX_NS = 240;

    /**
     * By the limits, in nanoseconds.
     */
    public static Limits of(final double beforeNs, final double afterNs)
    {
        final boolean nearBefore = beforeNs <= NEAR_MAX_NS;
        final boolean nearAfter = afterNs <= NEAR_MAX_NS;
        if (nearBefore != nearAfter)
        {
            return MIXED;
        }
        return nearBefore ? NEAR : FAR;
    }

    /** For people. */
    public String text()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
