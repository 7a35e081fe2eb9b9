package io.aeromesh.internal.routing;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;

/**
 * Limits of one node's routing table.
 *
 * @param maxDestinations   that the table learns, this node excluded.
 * @param maxMetric         least metric that counts as unreachable; a path that costs as much or more is not used.
 * @param packetLengthMax   longest SBE part of a routing packet that is taken in, in bytes.
 * @param rememberedDistances of forgotten destinations: bounds how long a stale route can haunt a ring of nodes.
 */
public record RoutingConfig(int maxDestinations, int maxMetric, int packetLengthMax, int rememberedDistances)
{
    /**
     * Least room that {@link RoutingTable#flush} needs, in bytes: one route with the longest name.
     */
    public static final int PACKET_LENGTH_MIN = 256;

    private static final int METRIC_LIMIT = Integer.MAX_VALUE - 1;
    private static final int PACKET_LIMIT = 1 << 20;

    /**
     * Checks the limits.
     */
    public RoutingConfig
    {
        check("maxDestinations", maxDestinations, 1, 1 << 20);
        check("maxMetric", maxMetric, 2, METRIC_LIMIT);
        check("packetLengthMax", packetLengthMax, PACKET_LENGTH_MIN, PACKET_LIMIT);
        check("rememberedDistances", rememberedDistances, 0, 1 << 20);
    }

    /**
     * 4096 destinations, the largest metric, packets up to 64 KiB.
     */
    public static RoutingConfig defaults()
    {
        return new RoutingConfig(4096, METRIC_LIMIT, 1 << 16, 4096);
    }

    private static void check(final String name, final int value, final int min, final int max)
    {
        if (value < min || value > max)
        {
            throw new MeshException(
                ErrorCode.BAD_CONFIG, name + "=" + value + ", need " + min + ".." + max);
        }
    }
}
