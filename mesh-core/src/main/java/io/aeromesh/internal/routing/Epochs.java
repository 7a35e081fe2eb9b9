package io.aeromesh.internal.routing;

/**
 * Order of epochs: by incarnation, then by sequence. Neither is negative; {@link #NONE} precedes all.
 */
final class Epochs
{
    /** Incarnation of no epoch. */
    static final long NONE = -1;

    private Epochs()
    {
    }

    static int compare(
        final long incarnationA, final int sequenceA, final long incarnationB, final int sequenceB)
    {
        final int byIncarnation = Long.compare(incarnationA, incarnationB);
        return byIncarnation != 0 ? byIncarnation : Integer.compare(sequenceA, sequenceB);
    }

    /**
     * Incarnation of the epoch that follows.
     */
    static long nextIncarnation(final long incarnation, final int sequence)
    {
        return sequence == Integer.MAX_VALUE ?
            Math.min(incarnation + 1, NodeIdentity.INCARNATION_MAX) : incarnation;
    }

    /**
     * Sequence of the epoch that follows.
     */
    static int nextSequence(final int sequence)
    {
        return sequence == Integer.MAX_VALUE ? 0 : sequence + 1;
    }
}
