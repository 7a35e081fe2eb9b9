package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Finds the longest silence between deliveries, by the monotonic clock that all processes of a host share.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class GapMeter
{
    private long lastNs;
    private long gapNs;
    private long gapEndNs;

    /**
     * Starts a new measurement.
     */
    void arm(final long nowNs)
    {
        lastNs = nowNs;
        gapNs = 0;
        gapEndNs = nowNs;
    }

    void onDelivered(final long nowNs)
    {
        final long silenceNs = nowNs - lastNs;
        if (silenceNs > gapNs)
        {
            gapNs = silenceNs;
            gapEndNs = nowNs;
        }
        lastNs = nowNs;
    }

    void describe(final ObjectNode json)
    {
        json.put("gap_ns", gapNs).put("gap_end_ns", gapEndNs);
    }
}
