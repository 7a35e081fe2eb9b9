package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Bounds and intervals of one node.
 *
 * @param windowLengthMax   largest window that a peer may ask this node to receive, in bytes.
 * @param pendingRequests   channel requests kept for listeners.
 * @param destinationsMax   nodes in the routing table.
 * @param discardTable      sessions whose discards a relay keeps apart; beyond that it tells whole nodes.
 * @param edgePingNs        interval between pings on an edge, in nanoseconds; a parked node, which each of them wakes,
 *                          sends one in half of {@code edgeSilentNs}.
 * @param edgeSilentNs      time without an answer after which routes avoid an edge, in nanoseconds; sessions never end
 *                          by it.
 * @param status            what it tells those who watch it.
 */
public record NodeLimits(
    int windowLengthMax,
    int pendingRequests,
    int destinationsMax,
    int discardTable,
    long edgePingNs,
    long edgeSilentNs,
    StatusConfig status)
{
    /** 64 MiB windows, 1,024 requests, 4,096 destinations, 256 sessions, a ping each 100 ms, silent after 1 s. */
    public static final NodeLimits DEFAULT = new NodeLimits(
        64 * 1024 * 1024, 1024, 4096, 256, TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(1),
        StatusConfig.DEFAULT);

    /**
     * Validates.
     */
    public NodeLimits
    {
        Objects.requireNonNull(status, "status");
        if (windowLengthMax < ChannelSpec.WINDOW_LENGTH_MIN || windowLengthMax > ChannelSpec.WINDOW_LENGTH_MAX)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need windowLengthMax from " +
                ChannelSpec.WINDOW_LENGTH_MIN + " to " + ChannelSpec.WINDOW_LENGTH_MAX + ": windowLengthMax=" +
                windowLengthMax);
        }
        if (pendingRequests <= 0 || destinationsMax <= 0 || discardTable <= 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need limits > 0: pendingRequests=" + pendingRequests +
                ", destinationsMax=" + destinationsMax + ", discardTable=" + discardTable);
        }
        if (edgePingNs <= 0 || edgeSilentNs < 2 * edgePingNs)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need 0 < edgePingNs <= edgeSilentNs/2: edgePingNs=" +
                edgePingNs + ", edgeSilentNs=" + edgeSilentNs);
        }
    }

    /**
     * With this interval and this bound for silence, in nanoseconds.
     */
    public NodeLimits edgePing(final long newEdgePingNs, final long newEdgeSilentNs)
    {
        return new NodeLimits(
            windowLengthMax, pendingRequests, destinationsMax, discardTable, newEdgePingNs, newEdgeSilentNs,
            status);
    }

    /**
     * With this largest receive window in bytes.
     */
    public NodeLimits windowLengthMax(final int newWindowLengthMax)
    {
        return new NodeLimits(
            newWindowLengthMax, pendingRequests, destinationsMax, discardTable, edgePingNs, edgeSilentNs, status);
    }

    /**
     * With this many kept requests.
     */
    public NodeLimits pendingRequests(final int newPendingRequests)
    {
        return new NodeLimits(
            windowLengthMax, newPendingRequests, destinationsMax, discardTable, edgePingNs, edgeSilentNs, status);
    }

    /**
     * With this many sessions in the discard table.
     */
    public NodeLimits discardTable(final int newDiscardTable)
    {
        return new NodeLimits(
            windowLengthMax, pendingRequests, destinationsMax, newDiscardTable, edgePingNs, edgeSilentNs, status);
    }

    /**
     * Telling this much to those who watch it.
     */
    public NodeLimits status(final StatusConfig newStatus)
    {
        return new NodeLimits(
            windowLengthMax, pendingRequests, destinationsMax, discardTable, edgePingNs, edgeSilentNs, newStatus);
    }
}
