package io.aeromesh.internal.routing;

/**
 * This node's own epoch, and its dispute with other instances that use its name.
 * <p>
 * Stale routes to an earlier instance are outbid once per stale epoch. A live rival outbids in turn, by a step that
 * only it takes ({@link Mixes#outbid}), and so proves that it saw our epoch. Two proofs are needed for withdrawal:
 * the second one shows that the rival has one too, and thus that both were told.
 */
final class LocalName
{
    /**
     * What came of a foreign advertisement of our name.
     */
    enum Outcome
    {
        /** Nothing. */
        NOTHING,
        /** Our epoch jumped. */
        OUTBID,
        /** Our epoch jumped, and the rival is now known to be alive. */
        OUTBID_DUPLICATE,
        /** The rival is alive, knows of us, and has the higher instance. */
        WITHDRAW
    }

    private static final int RIVALS_MAX = 4;
    private static final int PROOFS_TO_WITHDRAW = 2;

    private final long instanceHigh;
    private final long instanceLow;
    private final long[] rivalHigh = new long[RIVALS_MAX];
    private final long[] rivalLow = new long[RIVALS_MAX];
    private final int[] rivalProofs = new int[RIVALS_MAX];
    private int rivalCount;
    private long incarnation;
    private int sequence;

    LocalName(final NodeIdentity self)
    {
        instanceHigh = self.instanceHigh();
        instanceLow = self.instanceLow();
        incarnation = self.incarnation();
    }

    long incarnation()
    {
        return incarnation;
    }

    int sequence()
    {
        return sequence;
    }

    /**
     * Whether this node's instance, as an unsigned 128-bit number, is below the other.
     */
    boolean isLowerThan(final long otherHigh, final long otherLow)
    {
        final int high = Long.compareUnsigned(instanceHigh, otherHigh);
        return high != 0 ? high < 0 : Long.compareUnsigned(instanceLow, otherLow) < 0;
    }

    /**
     * Somebody needs an epoch not older than the given one. One of our incarnation is granted; a higher incarnation
     * is a memory of another instance, and is outbid.
     *
     * @return whether the own epoch changed.
     */
    boolean onRequest(final long wantedIncarnation, final int wantedSequence)
    {
        if (Epochs.compare(wantedIncarnation, wantedSequence, incarnation, sequence) <= 0)
        {
            return false;
        }
        if (wantedIncarnation == incarnation)
        {
            sequence = wantedSequence;
            return true;
        }
        return jumpAbove(wantedIncarnation);
    }

    /**
     * Somebody advertises our name.
     */
    Outcome onAdvertised(final long otherHigh, final long otherLow, final long otherIncarnation)
    {
        if (otherHigh == instanceHigh && otherLow == instanceLow || otherIncarnation < incarnation)
        {
            return Outcome.NOTHING;
        }
        final int rival = rival(otherHigh, otherLow);
        final boolean isProof = otherIncarnation == Mixes.outbid(incarnation, otherHigh, otherLow);
        if (isProof && ++rivalProofs[rival] >= PROOFS_TO_WITHDRAW && isLowerThan(otherHigh, otherLow))
        {
            return Outcome.WITHDRAW;
        }
        if (!jumpAbove(otherIncarnation))
        {
            return Outcome.NOTHING;
        }
        return isProof && rivalProofs[rival] == 1 ? Outcome.OUTBID_DUPLICATE : Outcome.OUTBID;
    }

    private boolean jumpAbove(final long otherIncarnation)
    {
        final long target = Mixes.outbid(otherIncarnation, instanceHigh, instanceLow);
        if (target == incarnation)
        {
            return false;
        }
        incarnation = target;
        sequence = 0;
        return true;
    }

    private int rival(final long otherHigh, final long otherLow)
    {
        final int known = Math.min(rivalCount, RIVALS_MAX);
        for (int i = 0; i < known; i++)
        {
            if (rivalHigh[i] == otherHigh && rivalLow[i] == otherLow)
            {
                return i;
            }
        }
        final int index = rivalCount++ % RIVALS_MAX;
        rivalHigh[index] = otherHigh;
        rivalLow[index] = otherLow;
        rivalProofs[index] = 0;
        return index;
    }
}
