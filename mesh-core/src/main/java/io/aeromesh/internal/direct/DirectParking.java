package io.aeromesh.internal.direct;

import io.aeromesh.internal.direct.DirectPipe.Role;
import io.aeromesh.os.ParkWord;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How the two ends of a direct channel wake each other. Each end has lines of its own for it, which nobody writes for
 * each message:
 * <pre>
 *    0  {@link ParkWord} of the end's thread
 *    8  1: the end parks; written before the other end knows that this one has the memory
 *   16  1: the other end rings; written when that end has found the former, and has a bell
 * </pre>
 * So all is settled when the channel is joined: who writes for an end that does not park does nothing here.
 * <p>
 * <b>Threading:</b> made by the agent, then the end's thread, except {@link #isRung()}: agent. <b>Allocation:</b> none.
 */
public final class DirectParking implements ClaimHolder
{
    private static final int PARKABLE_OFFSET = ParkWord.LENGTH;
    private static final int RINGING_OFFSET = PARKABLE_OFFSET + Long.BYTES;
    private static final long UNRUNG_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final UnsafeBuffer memory;
    private final DirectWriter writer;
    private final Runnable bell;
    private final ParkWord own;
    private final ParkWord peer;
    private final int ownOffset;

    /**
     * @param memory  of the channel.
     * @param role    of this end.
     * @param writer  of this end.
     * @param bell    by which the agent at the other end is woken, or null.
     */
    public DirectParking(final UnsafeBuffer memory, final Role role, final DirectWriter writer, final Runnable bell)
    {
        this.memory = memory;
        this.writer = writer;
        final boolean isCreator = role == Role.CREATOR;
        ownOffset = DirectLayout.parkOffset(isCreator);
        final int peerOffset = DirectLayout.parkOffset(!isCreator);
        own = new ParkWord(memory, ownOffset);
        peer = new ParkWord(memory, peerOffset);
        this.bell = memory.getLongAcquire(peerOffset + PARKABLE_OFFSET) == 1 ? bell : null;
        if (this.bell != null)
        {
            memory.putLongRelease(peerOffset + RINGING_OFFSET, 1);
        }
    }

    /**
     * This end parks. Before the other end is told that this one has the memory.
     */
    public static void announce(final UnsafeBuffer memory, final Role role)
    {
        memory.putLongRelease(DirectLayout.parkOffset(role == Role.CREATOR) + PARKABLE_OFFSET, 1);
    }

    // --- writing ---

    /**
     * Whether {@link #ring()} is needed after each batch, and claims are committed here.
     */
    public boolean ringsPeer()
    {
        return bell != null;
    }

    /**
     * Wakes the other end's thread, if it is parked, after something was published.
     */
    public void ring()
    {
        if (bell != null && peer.claimBell())
        {
            bell.run();
        }
    }

    @Override
    public void commit()
    {
        writer.commit();
        ring();
    }

    @Override
    public void abort()
    {
        writer.abort();
    }

    // --- reading ---

    /**
     * From now on this end is rung.
     */
    public void park()
    {
        own.park();
    }

    /**
     * This end is not parked now.
     */
    public void awake()
    {
        own.awake();
    }

    /**
     * How long this end may sleep, in nanoseconds: not long while nobody rings.
     */
    public long sleepNsMax()
    {
        return memory.getLongAcquire(ownOffset + RINGING_OFFSET) == 1 ? Long.MAX_VALUE : UNRUNG_NS;
    }

    /**
     * Whether the other end has rung. Agent.
     */
    public boolean isRung()
    {
        return own.isRung();
    }
}
