package io.aeromesh.os;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A word in memory that a sleeper and those who write for it share: whether the sleeper has to be woken. 0 awake, 1
 * parked, 2 rung.
 * <p>
 * <b>Why no wake-up is missed</b> (after Dekker: each side writes its own word, then reads the other's):
 * <pre>
 *   sleeper                                        writer
 *   S1  word = PARKED          (release)           W1  message = ...     (release)
 *   S2  full fence                                 W2  full fence
 *   S3  looks for messages     (acquire)           W3  reads word        (acquire)
 *   S4  none: sleeps                               W4  PARKED: compare-and-set to RUNG, and then the bell
 * </pre>
 * One of the two fences comes first. If S2 does, then S1 is before it and W3 after it: W3 reads PARKED, and the bell
 * ends S4, whether it has begun or not, because a bell is remembered (a byte in a socket, an event descriptor, a
 * thread's permit). If W2 does, then S3 sees W1, and S4 does not happen. Without either fence the processor may keep
 * S1 in its store buffer past S3, or W1 past W3, and both sides see nothing. Of many writers, or of one that writes on,
 * the compare-and-set lets one ring once for each sleep. The sleeper takes its word back (release) before it works:
 * what a writer sees of it later is a bell too many, never one too few, as S1 is written anew before each sleep.
 * <p>
 * <b>Threading:</b> one sleeper, any number of writers, also of other processes. <b>Allocation:</b> none.
 * <b>Trust:</b> a peer that writes nonsense here can only make its own messages late, or ring in vain.
 */
public final class ParkWord
{
    /** Length in bytes. */
    public static final int LENGTH = Long.BYTES;

    private static final long AWAKE = 0;
    private static final long PARKED = 1;
    private static final long RUNG = 2;

    private final UnsafeBuffer memory;
    private final int offset;

    /**
     * @param memory that both have mapped; zero at first.
     * @param offset of the word in it, in bytes, 8-byte aligned, on lines that nobody writes for each message.
     */
    public ParkWord(final UnsafeBuffer memory, final int offset)
    {
        memory.boundsCheck(offset, LENGTH);
        this.memory = memory;
        this.offset = offset;
    }

    /**
     * S1 and S2. The sleeper, before it looks a last time.
     */
    public void park()
    {
        memory.putLongRelease(offset, PARKED);
        VarHandle.fullFence();
    }

    /**
     * The sleeper, when it does not sleep any more.
     */
    public void awake()
    {
        memory.putLongRelease(offset, AWAKE);
    }

    /**
     * W2 to W4, after a message was published. Once for a batch.
     *
     * @return whether the caller has to ring the bell.
     */
    public boolean claimBell()
    {
        VarHandle.fullFence();
        return memory.getLongAcquire(offset) == PARKED && memory.compareAndSetLong(offset, PARKED, RUNG);
    }

    /**
     * Whether somebody has rung since {@link #park()}.
     */
    public boolean isRung()
    {
        return memory.getLongAcquire(offset) == RUNG;
    }
}
