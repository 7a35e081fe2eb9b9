package io.aeromesh.internal.direct;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps a reader that has caught up with a stream of records off the cache lines that its writer is filling. At the
 * writer's heels it would take each line from under it several times, and both would go at the speed of that. So while
 * records come in a stream the reader looks at a line of its own, in which the writer says every few lines how far it
 * has come, and only reads up to there. When nothing has been said for some looks it looks at the records again, so
 * that the last ones of a stream wait for that long and no longer. What comes singly, as an answer does, never waits.
 * <p>
 * What the writer says is a hint: a wrong one costs time and nothing else.
 * <p>
 * <b>Threading:</b> the thread of the channel end. <b>Allocation:</b> none.
 */
final class Distance
{
    private static final int STREAK_MIN = 16;
    /** More empty polls than these between two that are not is no stream. */
    private static final int STREAM_POLLS = 8;
    /** Looks after which the stream counts as ended: the time in which a quick writer fills what it tells of at once. */
    private static final int LOOKS_MAX = 96;

    private final UnsafeBuffer memory;
    private final int writtenOffset;
    /** Records before this one may be looked at. */
    private long clearPosition = Long.MAX_VALUE;
    private int looks;
    private int streak;
    private int emptyPolls;

    Distance(final UnsafeBuffer memory, final int writtenOffset)
    {
        this.memory = memory;
        this.writtenOffset = writtenOffset;
    }

    void reset()
    {
        clearPosition = Long.MAX_VALUE;
        streak = 0;
        emptyPolls = 0;
    }

    /**
     * Whether the record at a position may be looked at.
     */
    boolean mayLook(final long position)
    {
        return position < clearPosition || isClear(position);
    }

    private boolean isClear(final long position)
    {
        final long written = memory.getLongAcquire(writtenOffset);
        if (written > position)
        {
            clearPosition = written;
            looks = 0;
            return true;
        }
        if (++looks > LOOKS_MAX)
        {
            reset();
            return true;
        }
        return false;
    }

    /**
     * A poll has found so many messages and is at that position now.
     */
    void onPolled(final int count, final long position)
    {
        if (clearPosition != Long.MAX_VALUE)
        {
            return;
        }
        if (count == 0)
        {
            emptyPolls++;
            return;
        }
        streak = emptyPolls <= STREAM_POLLS ? streak + count : 0;
        emptyPolls = 0;
        if (streak >= STREAK_MIN)
        {
            clearPosition = position;
            looks = 0;
        }
    }
}
