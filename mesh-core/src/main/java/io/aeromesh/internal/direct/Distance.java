package io.aeromesh.internal.direct;

/**
 * Keeps a reader that has caught up with a stream of records a few cache lines behind its writer. At the writer's heels
 * it would take each line from under it several times while the writer fills it, and both would go at the speed of that.
 * What comes singly, as an answer does, is never kept waiting: only a streak of records of which each was there at one of
 * the next looks makes the reader rest.
 * <p>
 * <b>Threading:</b> the thread of the channel end. <b>Allocation:</b> none.
 */
final class Distance
{
    private static final int STREAK_MIN = 16;
    /** More looks than these between two records is no stream. */
    private static final int NEXT_LOOKS = 8;
    private static final int REST_STEPS = 64;

    private final Rest rest = new Rest();
    private int looks;
    private int streak;

    /**
     * A record was there.
     */
    void onRecord()
    {
        if (looks > 0)
        {
            streak = looks <= NEXT_LOOKS ? streak : 0;
            looks = 0;
        }
        streak++;
    }

    /**
     * None is there.
     */
    void onNothing()
    {
        if (looks++ == 0 && streak >= STREAK_MIN)
        {
            rest.take(REST_STEPS);
        }
    }
}
