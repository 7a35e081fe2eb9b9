package io.aeromesh.tools.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How long and what.
 *
 * @param length          of the run; what has begun then is still ended and judged.
 * @param seed            of all that is drawn.
 * @param kinds           that may be done.
 * @param sandboxed       whether this process runs in namespaces of its own, where it may mount and make networks.
 * @param planted         defects that the reader has on purpose, by the names that workers know; empty: none.
 * @param sharedDirectory in which a temporary one is made.
 */
public record TortureOptions(
    Duration length, long seed, Set<Kind> kinds, boolean sandboxed, Set<String> planted, Path sharedDirectory)
{
    /** Longest run. */
    public static final double MINUTES_MAX = 7 * 24 * 60;

    /**
     * Validates.
     */
    public TortureOptions
    {
        if (length.isNegative() || length.isZero() || length.toMillis() > MINUTES_MAX * 60_000)
        {
            throw new IllegalArgumentException("need 0 < minutes <= " + MINUTES_MAX + ": minutes=" +
                length.toMillis() / 60_000.0);
        }
        if (kinds.isEmpty())
        {
            throw new IllegalArgumentException("need at least one kind of fault");
        }
        kinds = Set.copyOf(kinds);
        planted = Set.copyOf(planted);
    }
}
