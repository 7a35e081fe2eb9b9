package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Another node, as one that leases are handed to and come from.
 * <p>
 * <b>Threading:</b> any thread. <b>Allocation:</b> none.
 *
 * @param leases       of this node.
 * @param instanceHigh upper half of the peer's instance.
 * @param instanceLow  lower half.
 */
public record LeasePeer(NodeLeases leases, long instanceHigh, long instanceLow)
{
    /**
     * Gives a block to the peer, as {@link NodeLeases#offer}.
     */
    public int offer(final Lease lease, final MutableDirectBuffer out, final int offset)
    {
        return leases.offer(lease, instanceHigh, instanceLow, out, offset);
    }

    /**
     * Takes what the peer's handle stands for, as {@link NodeLeases#accept}.
     */
    public void accept(final DirectBuffer in, final int offset, final Lease into)
    {
        leases.accept(in, offset, into, instanceHigh, instanceLow);
    }
}
