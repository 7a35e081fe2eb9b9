package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Another node, as one that leases are handed to and come from.
 * <p>
 * <b>Threading:</b> any thread. <b>Allocation:</b> none in steady state.
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
     *
     * @return false when this process can not map it now: no fault of the peer, and it may be asked again.
     */
    public boolean accept(final DirectBuffer in, final int offset, final Lease into)
    {
        try
        {
            leases.accept(in, offset, into, instanceHigh, instanceLow);
            return true;
        }
        catch (final MeshException ex)
        {
            if (ex.code() == ErrorCode.OUT_OF_SHARED_MEMORY)
            {
                return false;
            }
            throw ex;
        }
    }
}
