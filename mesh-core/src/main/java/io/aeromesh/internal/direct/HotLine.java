package io.aeromesh.internal.direct;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One end's view of the line that both directions share. An end may write it while it holds the turn: it was the last
 * to receive in it, or is the creator and nobody has written yet. Writing gives the turn away.
 * <p>
 * Why it is quick: the load that finds a message brings the line to the core that will answer in it, so a round trip
 * moves one line twice, as in the bare bounce of a cache line. With a line for each direction, every store must first
 * take the line back from the reader that polls it. For the same reason the writer does not look at the line again at
 * once: it lets the other core have it undisturbed for as long as no answer can be there.
 * <p>
 * <b>Memory order.</b> The payload is written before the header is stored with release; the header is loaded with
 * acquire before the payload is read. The receiver copies the payload out before it may write the line itself, in
 * program order, and the other end's next store into the line comes after its load of that later header. So no byte is
 * overwritten before it is read.
 * <p>
 * <b>Threading:</b> the thread of the channel end. <b>Allocation:</b> none.
 */
final class HotLine
{
    private static final int REST_STEPS_MIN = 16;
    private static final int REST_STEPS_MAX = 160;
    private static final int REST_STEPS_START = 32;
    /** What comes after more looks than these is no answer that one waits for. */
    private static final int LATE_LOOKS = 64;

    private final UnsafeBuffer memory;
    private final long sideOut;
    private final long sideIn;
    private boolean hasTurn;
    private boolean isRestDue;
    private int restSteps = REST_STEPS_START;
    private int looks;
    private final Rest rest = new Rest();

    HotLine(final UnsafeBuffer memory, final boolean isCreator)
    {
        this.memory = memory;
        sideOut = DirectLayout.hotSide(isCreator);
        sideIn = DirectLayout.hotSide(!isCreator);
        hasTurn = isCreator;
    }

    boolean hasTurn()
    {
        return hasTurn;
    }

    /**
     * Publishes what was written behind the header, and gives the turn away.
     */
    void publish(final long header)
    {
        hasTurn = false;
        isRestDue = true;
        looks = 0;
        memory.putLongRelease(DirectLayout.HOT_OFFSET, header | sideOut);
    }

    /**
     * The header of a message at that position, or 0 when there is none.
     */
    long look(final long position)
    {
        if (hasTurn)
        {
            return 0;
        }
        if (isRestDue)
        {
            isRestDue = false;
            rest.take(restSteps);
        }
        final long header = memory.getLongAcquire(DirectLayout.HOT_OFFSET);
        if (!DirectLayout.isStamped(header, position) || (header & DirectLayout.hotSide(true)) != sideIn)
        {
            looks++;
            return 0;
        }
        adapt();
        return header;
    }

    /**
     * Aims the first look at the moment when the answer has just come: a look before it takes the line from the core
     * that is about to write, a look long after it is late. So two of three answers are found at the first look.
     */
    private void adapt()
    {
        if (looks == 0)
        {
            restSteps = Math.max(REST_STEPS_MIN, restSteps - 1);
        }
        else if (looks <= LATE_LOOKS)
        {
            restSteps = Math.min(REST_STEPS_MAX, restSteps + 2);
        }
    }

    /**
     * Takes the message out of the line: from now on this end has the turn.
     *
     * @param header that {@link #look} gave; its length was checked.
     * @param target of at least 56 bytes, 8-byte aligned.
     */
    void take(final long header, final UnsafeBuffer target)
    {
        final int length = DirectLayout.length(header) - DirectLayout.HEADER_LENGTH;
        for (int i = 0; i < length; i += Long.BYTES)
        {
            target.putLong(i, memory.getLong(DirectLayout.HOT_OFFSET + DirectLayout.HEADER_LENGTH + i));
        }
        hasTurn = true;
    }
}
