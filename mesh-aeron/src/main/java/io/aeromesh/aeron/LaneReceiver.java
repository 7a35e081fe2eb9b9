package io.aeromesh.aeron;

import io.aeromesh.spi.PacketHandler;
import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * Reads what one session publishes on one lane, and takes out of it what is for us: all members of a medium see all of
 * a session's frames.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none after construction. <b>Owns:</b> the reading of its
 * image; the image belongs to the client.
 */
final class LaneReceiver implements ControlledFragmentHandler
{
    private static final int DISCARD_LIMIT = 64;

    private final Link link;
    private final LaneKind kind;
    private final Image image;
    private final int sessionId;
    private long address;
    private PacketHandler handler;
    private int delivered;
    private Throwable thrown;

    /**
     * @param sessionId of our own publications: whom packets for us are addressed to.
     */
    LaneReceiver(final Link link, final LaneKind kind, final Image image, final int sessionId)
    {
        this.link = link;
        this.kind = kind;
        this.image = image;
        this.sessionId = sessionId;
    }

    Image image()
    {
        return image;
    }

    /**
     * True once nothing more can come.
     */
    boolean isEnded()
    {
        return image.isClosed() || image.isEndOfStream();
    }

    /**
     * Hands packets of an address to a handler, up to a limit of frames.
     *
     * @return number of packets that were consumed.
     */
    int poll(final long fromAddress, final PacketHandler to, final int limit)
    {
        address = fromAddress;
        handler = to;
        delivered = 0;
        image.controlledPoll(this, limit);
        handler = null;

        if (thrown != null)
        {
            final Throwable failure = thrown;
            thrown = null;
            rethrow(failure);
        }
        return delivered;
    }

    /**
     * Reads on without an edge: takes in link frames and discards packets, except those of an address that is about to
     * be used, which wait.
     *
     * @param heldAddress of packets that wait; 0: none.
     */
    int pump(final long heldAddress)
    {
        address = heldAddress;
        handler = null;
        return image.controlledPoll(this, DISCARD_LIMIT);
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (length > buffer.capacity() - offset)
        {
            link.onBadBytes("frame of " + length + " bytes at " + offset + " passes the end of its term");
            return Action.ABORT;
        }

        final long reserved = header.reservedValue();
        if (reserved == address)
        {
            return handler == null ? Action.ABORT : deliver(buffer, offset, length);
        }
        if (kind == LaneKind.CONTROL && reserved == LinkFrame.address(sessionId, 0))
        {
            link.onFrame(buffer, offset, length);
        }
        return Action.CONTINUE;
    }

    private Action deliver(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            final PacketHandler.Action action = handler.onPacket(buffer, offset, length);
            if (action == PacketHandler.Action.ABORT)
            {
                return Action.ABORT;
            }

            delivered++;
            return switch (action)
            {
                case COMMIT -> Action.COMMIT;
                case BREAK -> Action.BREAK;
                default -> Action.CONTINUE;
            };
        }
        catch (final Throwable ex) // thrown on by poll: the image would hand it to the client's error handler
        {
            delivered++;
            thrown = ex;
            return Action.BREAK;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(final Throwable failure) throws T
    {
        throw (T)failure;
    }
}
