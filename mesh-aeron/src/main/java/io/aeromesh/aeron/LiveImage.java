package io.aeromesh.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * What one session publishes on one stream, read for as long as the media driver keeps it for us.
 * <p>
 * How far we have read is a counter that the driver lends us. It takes it back when the stream ends or when it has not
 * heard of this client for a while, and lends it to others a second later, whether or not we have heard of that: a
 * process may be stopped at any instruction, and what the driver tells may wait. To Aeron's own {@code poll} the image
 * looks alive until then. It would begin to read at what others count there, amidst a frame, and tell the driver that
 * they have read what they have not. So the counter is looked at before each frame, and before each time that it is
 * set. What it leaves: a stop of more than a second just between a look and what it is for.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none unless something is wrong. <b>Owns:</b> the reading of
 * its image; the image belongs to the client.
 */
final class LiveImage implements ControlledFragmentHandler
{
    /**
     * Takes frames.
     */
    interface Reader
    {
        /**
         * A frame that lies within its term.
         *
         * @param address as the sender wrote it into the frame's reserved value.
         */
        Action onFrame(DirectBuffer buffer, int offset, int length, long address);

        /**
         * A frame that does not: no more is read.
         */
        void onBadFrame(String what);
    }

    private final Image image;
    private final CountersReader counters;
    private final int counterId;
    private final long registrationId;
    private Reader reader;
    private int frameLimit;
    private int frameCount;
    private long termPosition;
    private long position;

    LiveImage(final Image image, final CountersReader counters)
    {
        this.image = image;
        this.counters = counters;
        counterId = image.subscriberPositionId();
        registrationId = image.subscription().registrationId();
    }

    boolean isOf(final Image other)
    {
        return image == other;
    }

    int sessionId()
    {
        return image.sessionId();
    }

    String sourceIdentity()
    {
        return image.sourceIdentity();
    }

    int termBufferLength()
    {
        return image.termBufferLength();
    }

    /**
     * Whether the driver keeps it for us still. The counter is of our subscription and of this image: each alone may be
     * of the next one too. Of a client that has closed the counters are not mapped any more.
     */
    boolean isLive()
    {
        return !image.isClosed() && counters.getCounterRegistrationId(counterId) == registrationId &&
            counters.getCounterReferenceId(counterId) == image.correlationId() &&
            counters.getCounterState(counterId) == CountersReader.RECORD_ALLOCATED;
    }

    /**
     * True once there is nothing more to read.
     */
    boolean isEnded()
    {
        return !isLive() || image.isEndOfStream();
    }

    /**
     * Reads up to a limit of frames of one term. A frame that is aborted is read again by the next call.
     *
     * @return frames read.
     */
    int poll(final Reader to, final int limit)
    {
        if (limit <= 0 || !isLive())
        {
            return 0;
        }

        final long beginPosition = image.position();
        termPosition = beginPosition & -termBufferLength();
        position = beginPosition;
        reader = to;
        frameLimit = limit;
        frameCount = 0;
        // controlledPoll would set the counter at its end, whatever has become of it meanwhile
        final long endPosition = image.controlledPeek(beginPosition, this, Long.MAX_VALUE);
        if (endPosition > termPosition + termBufferLength())
        {
            to.onBadFrame("padding up to " + endPosition + " is not within its term; read from " + position + " on, " +
                this);
            return frameCount;
        }
        reader = null;
        position = Math.max(position, endPosition); // what is after the last frame and pads its term
        if (position > beginPosition)
        {
            release();
        }
        return frameCount;
    }

    /**
     * Passes what has been published up to a position, or to the end of its term, where all of that has arrived.
     */
    void skipTo(final long publishedPosition)
    {
        if (isLive())
        {
            final long termEndPosition = (image.position() & -termBufferLength()) + termBufferLength();
            position = Math.min(publishedPosition, termEndPosition);
            if (position > image.position())
            {
                release();
            }
        }
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (!isLive())
        {
            return Action.ABORT;
        }
        if (length < 0 || length > buffer.capacity() - offset)
        {
            reader.onBadFrame("frame of " + length + " bytes at " + offset + " is not within its term; read from " +
                position + " on, " + this);
            return Action.ABORT;
        }

        final long framePosition = position;
        position = termPosition + BitUtil.align(offset + length, AeronOptions.FRAME_ALIGNMENT); // also if it throws
        final Action action = reader.onFrame(buffer, offset, length, header.reservedValue());
        if (action == Action.ABORT)
        {
            position = framePosition;
            return Action.ABORT;
        }

        frameCount++;
        if (action == Action.COMMIT)
        {
            release();
        }
        return frameCount == frameLimit ? Action.BREAK : action;
    }

    private void release()
    {
        if (isLive())
        {
            image.position(position);
        }
    }

    /**
     * All that tells whether it should have been read at all.
     */
    @Override
    public String toString()
    {
        final String state = image.isClosed() ? "closed" :
            "counter " + counterId + " of subscription " + counters.getCounterRegistrationId(counterId) +
                " and image " + counters.getCounterReferenceId(counterId) + " in state " +
                counters.getCounterState(counterId) + " at " + counters.getCounterValue(counterId);
        return "stream " + image.subscription().streamId() + " of " + image.sourceIdentity() + ", term of " +
            image.termBufferLength() + " bytes, joined at " + image.joinPosition() + ", subscription " +
            registrationId + ", image " + image.correlationId() + ", " + state;
    }
}
