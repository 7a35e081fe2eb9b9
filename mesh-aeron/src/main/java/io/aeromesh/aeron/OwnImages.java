package io.aeromesh.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import java.util.Arrays;

/**
 * Our own publications as our own subscriptions see them, on IPC and multicast: read past, so that they do not hold us
 * back. Agent thread only. Allocates nothing after construction.
 */
final class OwnImages
{
    private static final ControlledFragmentHandler SKIP =
        (buffer, offset, length, header) -> ControlledFragmentHandler.Action.CONTINUE;
    private static final int SKIP_LIMIT = 2048;
    private static final LaneKind[] KINDS = LaneKind.values();

    private final boolean canJump;
    private final Image[] images = new Image[KINDS.length];

    /**
     * @param canJump whether all that we published is in the image at once, as with IPC.
     */
    OwnImages(final boolean canJump)
    {
        this.canJump = canJump;
    }

    void add(final LaneKind kind, final Image image)
    {
        images[kind.ordinal()] = image;
    }

    void remove(final Image image)
    {
        for (int i = 0; i < images.length; i++)
        {
            if (images[i] == image)
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
            final Image image = images[i];
            if (image != null && !image.isClosed())
            {
                skip(image, streams.publication(KINDS[i]).position());
            }
        }
    }

    private void skip(final Image image, final long publishedPosition)
    {
        if (canJump)
        {
            final long position = image.position();
            final long termEnd = (position | (image.termBufferLength() - 1)) + 1;
            final long target = Math.min(publishedPosition, termEnd);
            if (target > position)
            {
                image.position(target);
            }
        }
        else
        {
            image.controlledPoll(SKIP, SKIP_LIMIT);
        }
    }
}
