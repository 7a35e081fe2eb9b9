package io.aeromesh.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import org.agrona.DirectBuffer;

/**
 * Reads what one session publishes on one lane, and takes out of it what is for us: all members of a medium see all of
 * a session's frames. Packets go to the lane of the present generation; what is left of the one before goes to that
 * one's backlog.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while a generation lasts. <b>Owns:</b> the reading of
 * its image; the image belongs to the client.
 */
final class LaneReceiver implements LiveImage.Reader
{
    private static final int PUMP_LIMIT = 64;

    private final Link link;
    private final LiveImage image;
    private AeronLane current;
    private AeronLane previous;

    LaneReceiver(final Link link, final LiveImage image)
    {
        this.link = link;
        this.image = image;
    }

    boolean isOf(final Image other)
    {
        return image.isOf(other);
    }

    int termBufferLength()
    {
        return image.termBufferLength();
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
        return image.poll(this, limit);
    }

    /**
     * Reads on while no generation is up.
     */
    int pump()
    {
        return image.poll(this, PUMP_LIMIT);
    }

    @Override
    public Action onFrame(final DirectBuffer buffer, final int offset, final int length, final long address)
    {
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

    @Override
    public void onBadFrame(final String what)
    {
        link.onBadBytes(what);
    }
}
