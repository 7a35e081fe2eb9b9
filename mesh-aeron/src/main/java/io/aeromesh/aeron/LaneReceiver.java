package io.aeromesh.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * Reads what one session publishes on one lane, and takes out of it what is for us: all members of a medium see all of
 * a session's frames. Packets go to the lane of the present generation; what is left of the one before goes to that
 * one's backlog.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while a generation lasts. <b>Owns:</b> the reading of
 * its image; the image belongs to the client.
 */
final class LaneReceiver implements ControlledFragmentHandler
{
    private static final int PUMP_LIMIT = 64;

    private final Link link;
    private final Image image;
    private AeronLane current;
    private AeronLane previous;

    LaneReceiver(final Link link, final Image image)
    {
        this.link = link;
        this.image = image;
    }

    Image image()
    {
        return image;
    }

    void current(final AeronLane lane)
    {
        current = lane;
    }

    /**
     * The present generation has ended.
     */
    void retireCurrent()
    {
        previous = current;
        current = null;
    }

    /**
     * Reads up to a limit of frames.
     */
    int poll(final int limit)
    {
        return image.controlledPoll(this, limit);
    }

    /**
     * Reads on while no generation is up.
     */
    int pump()
    {
        return image.controlledPoll(this, PUMP_LIMIT);
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (length > buffer.capacity() - offset)
        {
            link.onBadBytes("frame of " + length + " bytes at " + offset + " passes the end of its term");
            return Action.ABORT;
        }

        final long address = header.reservedValue();
        if (current != null && address == current.receiveAddress())
        {
            return current.onPacket(buffer, offset, length);
        }
        if (previous != null && address == previous.receiveAddress() && !previous.keep(buffer, offset, length))
        {
            link.onBadBytes("more packets than the lane holds");
            return Action.ABORT;
        }
        return Action.CONTINUE;
    }
}
