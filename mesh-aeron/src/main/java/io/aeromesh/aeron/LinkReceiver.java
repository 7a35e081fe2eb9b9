package io.aeromesh.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import org.agrona.DirectBuffer;

/**
 * Reads the link frames that one session sends to us. Agent thread only. Owns the reading of its image.
 */
final class LinkReceiver implements LiveImage.Reader
{
    private static final int POLL_LIMIT = 64;

    private final Link link;
    private final LiveImage image;
    private final long address;
    private final LinkFrame frame = new LinkFrame();

    LinkReceiver(final Link link, final LiveImage image, final int sessionId)
    {
        this.link = link;
        this.image = image;
        address = LinkFrame.address(sessionId, 0);
    }

    boolean isOf(final Image other)
    {
        return image.isOf(other);
    }

    String sourceIdentity()
    {
        return image.sourceIdentity();
    }

    int poll()
    {
        return image.poll(this, POLL_LIMIT);
    }

    /**
     * True once the session has ended.
     */
    boolean isEnded()
    {
        return image.isEnded();
    }

    @Override
    public Action onFrame(final DirectBuffer buffer, final int offset, final int length, final long to)
    {
        if (to == address)
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

    @Override
    public void onBadFrame(final String what)
    {
        link.onBadBytes(what);
    }
}
