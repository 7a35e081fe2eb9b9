package io.aeromesh.internal.direct;

import io.aeromesh.internal.direct.DirectPipe.Role;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What an end says last in the memory of a direct channel: that it has closed, and why. The word of it also goes by the
 * nodes, which is the way that is waited for; but the kernel tells of the end of a process at once, and who is told of
 * that finds here whether the process had closed its end before.
 * <p>
 * <b>Memory order.</b> The reason is stored with release behind the position, and loaded with acquire before it. Who
 * reads it has been told by the kernel that the writer is gone, so that it will not change.
 * <p>
 * <b>Threading:</b> agent thread. <b>Allocation:</b> none.
 */
public final class Farewell
{
    /** Nothing was said. */
    public static final long NONE = 0;
    private static final int POSITION_OFFSET = Long.BYTES;

    private Farewell()
    {
    }

    /**
     * Says it.
     *
     * @param role     of this end.
     * @param reason   not {@link #NONE}.
     * @param position up to which this end has consumed what came by proxy.
     */
    public static void say(final UnsafeBuffer memory, final Role role, final long reason, final long position)
    {
        final int offset = DirectLayout.farewellOffset(role == Role.CREATOR);
        memory.putLong(offset + POSITION_OFFSET, position);
        memory.putLongRelease(offset, reason);
    }

    /**
     * Why the other end has closed, or {@link #NONE}; in the peer's words, which are to be checked.
     *
     * @param role of this end.
     */
    public static long reason(final UnsafeBuffer memory, final Role role)
    {
        return memory.getLongAcquire(DirectLayout.farewellOffset(role != Role.CREATOR));
    }

    /**
     * Up to where the other end has consumed what went to it by proxy, after {@link #reason}.
     *
     * @param role of this end.
     */
    public static long position(final UnsafeBuffer memory, final Role role)
    {
        return memory.getLong(DirectLayout.farewellOffset(role != Role.CREATOR) + POSITION_OFFSET);
    }
}
