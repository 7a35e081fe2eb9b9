package io.aeromesh.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * Reads the link frames that one session sends to us. Agent thread only. Owns the reading of its image.
 */
final class LinkReceiver implements ControlledFragmentHandler
{
    private static final int POLL_LIMIT = 64;

    private final Link link;
    private final Image image;
    private final long address;
    private final LinkFrame frame = new LinkFrame();

    LinkReceiver(final Link link, final Image image, final int sessionId)
    {
        this.link = link;
        this.image = image;
        address = LinkFrame.address(sessionId, 0);
    }

    Image image()
    {
        return image;
    }

    int poll()
    {
        return image.controlledPoll(this, POLL_LIMIT);
    }

    /**
     * True once the session has ended.
     */
    boolean isEnded()
    {
        return image.isClosed() || image.isEndOfStream();
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (length > buffer.capacity() - offset)
        {
            link.onBadBytes("frame of " + length + " bytes at " + offset + " passes the end of its term");
            return Action.ABORT;
        }

        if (header.reservedValue() == address)
        {
            if (frame.decode(buffer, offset, length))
            {
                link.onFrame(frame);
            }
            else
            {
                link.onBadBytes("malformed link frame of " + length + " bytes");
            }
        }
        return Action.CONTINUE;
    }
}
