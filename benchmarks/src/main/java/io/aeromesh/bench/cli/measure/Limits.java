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
    MIXED,
    /** Wherever they lay: nothing that was measured goes from one to the other. */
    ANY;

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

    /** For people, who need not know where it does not matter. */
    public String text()
    {
        return this == ANY ? "" : name().toLowerCase(Locale.ROOT);
    }
}
