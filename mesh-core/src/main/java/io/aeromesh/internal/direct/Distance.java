package io.aeromesh.internal.direct;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps a reader that has caught up with a stream of records off the cache lines that its writer is filling. At the
 * writer's heels it would take each line from under it several times, and both would go at the speed of that. So while
 * records come in a stream the reader looks at a line of its own, in which the writer says every few lines how far it
 * has come, and reads up to there. It waits for that within the poll, for about as long as a writer takes whose cache
 * lines come from afar; if nothing is said it takes what is there, as it does whenever there is no stream. So a poll
 * that finds nothing has looked, and what comes singly, as an answer does, never waits.
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
    /** Two microseconds in all. With half of one, readers of a distant writer gave up before each word of it. */
    private static final int LOOKS_MAX = 200;
    private static final int REST_STEPS = 4;

    private final UnsafeBuffer memory;
    private final int writtenOffset;
    private final Rest rest = new Rest();
    /** Records before this one may be looked at. */
    private long clearPosition = Long.MAX_VALUE;
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
     * Returns when the record at a position may be looked at.
     */
    void await(final long position)
    {
        if (position >= clearPosition)
        {
            awaitWritten(position);
        }
    }

    private void awaitWritten(final long position)
    {
        for (int i = 0; i < LOOKS_MAX; i++)
        {
            final long written = memory.getLongAcquire(writtenOffset);
            if (written > position)
            {
                clearPosition = written;
                return;
            }
            rest.take(REST_STEPS);
        }
        clearPosition = Long.MAX_VALUE; // the streak goes on if there is anything
    }

    /**
     * A poll has found so many records and is at that position now.
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
        }
    }
}
