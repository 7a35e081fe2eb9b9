package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import io.aeromesh.error.MeshException;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Handles that one stream has carried and its reader has not consumed yet, so that the blocks come back when it never
 * will. Taking back races with a reader that takes late, and the block's word decides.
 * <p>
 * <b>Threading:</b> the stream's writer, and after that whoever ends the stream. <b>Allocation:</b> when more are
 * outstanding than ever before.
 */
public final class SentLeases
{
    private static final int CAPACITY_MIN = 16;

    private final LeasePeer peer;
    private final int countMax;
    private final Lease back = new Lease();
    private UnsafeBuffer handles = new UnsafeBuffer(new byte[CAPACITY_MIN * LeaseHandle.LENGTH]);
    private long[] positions = new long[CAPACITY_MIN];
    private int head;
    private int count;

    /**
     * @param peer     that reads the stream.
     * @param countMax outstanding at most: as many as the stream has room for, if its reader says what is so.
     */
    public SentLeases(final LeasePeer peer, final int countMax)
    {
        this.peer = peer;
        this.countMax = countMax;
    }

    /**
     * Whether there is room for the next handle.
     */
    public boolean hasRoom()
    {
        return count < positions.length;
    }

    /**
     * Forgets what the reader has consumed, and makes room for one more, up to the bound.
     *
     * @param consumedPosition of the reader, in bytes of the stream.
     */
    public void settle(final long consumedPosition)
    {
        while (count > 0 && positions[head] <= consumedPosition)
        {
            head = head + 1 & positions.length - 1;
            count--;
        }
        if (!hasRoom() && count < countMax)
        {
            grow();
        }
    }

    private void grow()
    {
        final int capacity = positions.length;
        final long[] newPositions = new long[2 * capacity];
        final UnsafeBuffer newHandles = new UnsafeBuffer(new byte[2 * capacity * LeaseHandle.LENGTH]);
        for (int i = 0; i < count; i++)
        {
            final int index = head + i & capacity - 1;
            newPositions[i] = positions[index];
            newHandles.putBytes(i * LeaseHandle.LENGTH, handles, index * LeaseHandle.LENGTH, LeaseHandle.LENGTH);
        }
        positions = newPositions;
        handles = newHandles;
        head = 0;
    }

    /**
     * Offers a block to the peer; its handle is in {@link #handles()} at {@link #handleOffset()}, and counts once it is
     * {@link #sent}.
     *
     * @return as {@link NodeLeases#offer}.
     */
    public int offer(final Lease lease)
    {
        return peer.offer(lease, handles, handleOffset());
    }

    /**
     * Memory of this end that the handle lies in.
     */
    public UnsafeBuffer handles()
    {
        return handles;
    }

    /**
     * Where the next handle is.
     */
    public int handleOffset()
    {
        return (head + count & positions.length - 1) * LeaseHandle.LENGTH;
    }

    /**
     * The handle that was offered last goes with the message that ends at the position.
     */
    public void sent(final long position)
    {
        positions[head + count & positions.length - 1] = position;
        count++;
    }

    /**
     * Takes everything back that was not consumed and not taken.
     *
     * @return blocks that came back.
     */
    public int takeBack()
    {
        int work = 0;
        for (; count > 0; count--)
        {
            work += takeBack(head * LeaseHandle.LENGTH) ? 1 : 0;
            head = head + 1 & positions.length - 1;
        }
        Arrays.fill(positions, 0);
        return work;
    }

    private boolean takeBack(final int offset)
    {
        try
        {
            return peer.leases().withdraw(back, handles, offset) && back.block().releaseIfHeld();
        }
        catch (final MeshException ignore)
        {
            // its arena is not attached here any more: its owner is dead, and nobody can be given it
            return false;
        }
    }
}
