package io.aeromesh.internal.routing;

/**
 * Arithmetic of metrics: non-negative ints that saturate at {@link #INFINITY}.
 */
final class Metrics
{
    /** No route. */
    static final int INFINITY = Integer.MAX_VALUE;

    /** How the wire says {@link #INFINITY}. */
    static final long WIRE_RETRACTED = 0xFFFF_FFFEL;

    private Metrics()
    {
    }

    /**
     * Sum, or {@link #INFINITY} from {@code max} on.
     */
    static int add(final int metric, final int cost, final int max)
    {
        final long sum = (long)metric + cost;
        return sum >= max ? INFINITY : (int)sum;
    }
}
