package io.aeromesh.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Our own publications as our own subscriptions see them, on IPC and multicast: read past, so that they do not hold us
 * back. Agent thread only. Allocates nothing after construction.
 */
final class OwnImages implements LiveImage.Reader
{
    private static final int SKIP_LIMIT = 2048;
    private static final StreamKind[] KINDS = StreamKind.values();

    private final boolean canJump;
    private final LiveImage[] images = new LiveImage[KINDS.length];

    /**
     * @param canJump whether all that we published is in the image at once, as with IPC.
     */
    OwnImages(final boolean canJump)
    {
        this.canJump = canJump;
    }

    void add(final StreamKind kind, final LiveImage image)
    {
        images[kind.ordinal()] = image;
    }

    void remove(final Image image)
    {
        for (int i = 0; i < images.length; i++)
        {
            if (images[i] != null && images[i].isOf(image))
            {
                images[i] = null;
            }
        }
    }

    void clear()
    {
        Arrays.fill(images, null);
    }

    void skip(final Streams streams)
    {
        for (int i = 0; i < KINDS.length; i++)
        {
            final LiveImage image = images[i];
            if (image != null && canJump)
            {
                image.skipTo(streams.publication(KINDS[i]).position());
            }
            else if (image != null)
            {
                image.poll(this, SKIP_LIMIT);
            }
        }
    }

    @Override
    public Action onFrame(final DirectBuffer buffer, final int offset, final int length, final long address)
    {
        return Action.CONTINUE;
    }

    /**
     * Others read the same, and say so.
     */
    @Override
    public void onBadFrame(final String what)
    {
    }
}
