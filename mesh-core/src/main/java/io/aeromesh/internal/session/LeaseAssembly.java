package io.aeromesh.internal.session;

import io.aeromesh.Lease;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.ReceivedLease;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the bytes of a lease that come by a stream into a block of this node's own arena, as they come, so that a lease
 * may be longer than the stream's ring.
 * <p>
 * <b>Threading:</b> the application's thread; once the stream is over, whoever ends it. <b>Allocation:</b> none.
 */
final class LeaseAssembly
{
    private final NodeLeases leases;
    private final ReceivedLease received = new ReceivedLease();
    private int length;
    private int filled = -1;

    LeaseAssembly(final NodeLeases leases)
    {
        this.leases = leases;
    }

    ReceivedLease received()
    {
        return received;
    }

    /**
     * Whether a lease was begun and is not consumed yet.
     */
    boolean isUnderWay()
    {
        return filled >= 0;
    }

    /**
     * Whether a lease of that length, which a peer declares, can ever be received.
     */
    boolean isPossible(final int leaseLength)
    {
        return leaseLength > 0 && leaseLength <= leases.lengthMax();
    }

    int lengthMax()
    {
        return leases.lengthMax();
    }

    /**
     * Begins a lease.
     *
     * @return false when there is no block for it now.
     */
    boolean begin(final int leaseLength)
    {
        try
        {
            if (leases.tryAcquire(leaseLength, received.lease()) < 0)
            {
                return false;
            }
        }
        catch (final MeshException ex)
        {
            if (ex.code() == ErrorCode.OUT_OF_SHARED_MEMORY)
            {
                return false; // not even a first block can be made: that may change, and is no fault of the peer
            }
            throw ex;
        }
        length = leaseLength;
        filled = 0;
        return true;
    }

    /**
     * Bytes that are still to come, with those that fill up a multiple of 8. Does not look at the block, which whoever
     * ends the stream may release meanwhile.
     */
    int missing()
    {
        return StreamRecord.totalLength(length) - StreamRecord.HEADER_LENGTH - filled;
    }

    /**
     * Takes the next bytes.
     */
    void put(final UnsafeBuffer ring, final int offset, final int partLength)
    {
        final Lease lease = received.lease();
        final int present = Math.min(partLength, length - filled);
        if (present > 0)
        {
            lease.buffer().putBytes(filled, ring, offset, present);
        }
        filled += partLength;
    }

    /**
     * The lease is consumed.
     */
    void end()
    {
        filled = -1;
    }

    /**
     * Gives back what has come of a lease that will not be completed, or not be consumed.
     */
    synchronized void release()
    {
        filled = -1;
        received.release();
    }
}
