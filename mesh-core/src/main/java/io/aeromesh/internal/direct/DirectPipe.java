package io.aeromesh.internal.direct;

import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.SentLeases;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Both halves of a direct channel at one end, over memory that the other end has mapped too.
 *
 * @param writer of this end's stream.
 * @param reader of the peer's stream.
 */
public record DirectPipe(DirectWriter writer, DirectReader reader)
{
    /**
     * Which end made the memory.
     */
    public enum Role
    {
        /** This one. */
        CREATOR,
        /** The other one. */
        ATTACHER
    }

    /**
     * Bytes of memory that a channel takes.
     *
     * @param creatorWindow  window of the creator's stream, in bytes.
     * @param attacherWindow window of the attacher's stream, in bytes.
     */
    public static int regionLength(final int creatorWindow, final int attacherWindow)
    {
        return DirectLayout.regionLength(creatorWindow, attacherWindow);
    }

    /**
     * Takes one end of new memory.
     *
     * @param memory     of {@link #regionLength}, all zero.
     * @param role       of this end.
     * @param ownWindow  of this end's stream, in bytes.
     * @param peerWindow of the peer's stream, in bytes.
     * @param peer       name of the peer, the source of its messages.
     * @param leasePeer  the peer, as one that leases are handed to and come from.
     */
    public static DirectPipe of(
        final UnsafeBuffer memory, final Role role, final int ownWindow, final int peerWindow,
        final String peer, final LeasePeer leasePeer)
    {
        final boolean isCreator = role == Role.CREATOR;
        final int creatorWindow = isCreator ? ownWindow : peerWindow;
        final HotLine hot = new HotLine(memory, isCreator);
        return new DirectPipe(
            new DirectWriter(memory, hot, isCreator, DirectLayout.ringOffset(isCreator, creatorWindow), ownWindow,
                messageLengthMax(ownWindow), new SentLeases(leasePeer, handlesMax(ownWindow))),
            new DirectReader(memory, hot, isCreator, peer, DirectLayout.ringOffset(!isCreator, creatorWindow),
                peerWindow, messageLengthMax(peerWindow), leasePeer));
    }

    /**
     * Lets go of leases: what was sent and not read comes back, what was read and not consumed is released. After the
     * end's thread has let go, and before the memory is closed.
     */
    public void end()
    {
        writer.takeBackLeases();
        reader.releaseLease();
    }

    /**
     * Twice as many as are in the ring and in the hot line at once: so many may have been consumed just now.
     */
    private static int handlesMax(final int window)
    {
        return 2 * (DirectLayout.ringLength(window) / (NodeLeases.HANDLE_LENGTH + DirectLayout.HEADER_LENGTH) + 1);
    }

    /**
     * As on every other way: half of the window less a header.
     */
    private static int messageLengthMax(final int window)
    {
        return window / 2 - DirectLayout.HEADER_LENGTH;
    }
}
