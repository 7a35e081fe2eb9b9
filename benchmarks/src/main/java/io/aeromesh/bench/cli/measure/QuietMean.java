package io.aeromesh.bench.cli.measure;

/**
 * The mean over all operations of those batches during which no stranger had a core of either end. Nothing else is left
 * out, so what a technology itself does now and then counts with all that it takes.
 */
final class QuietMean
{
    /** Less than this is not worth a batch. */
    private static final long TAKEN_NS_MAX = 20_000;
    /** And this part of a longer one. */
    private static final int PART_MAX = 100;

    private double allNs;
    private long allCount;
    private double quietNs;
    private long quietCount;

    static boolean isQuiet(final long batchNs, final long takenNs)
    {
        return takenNs <= Math.max(TAKEN_NS_MAX, batchNs / PART_MAX);
    }

    /**
     * @param ns      that count.
     * @param grossNs that the batch took.
     * @param takenNs from both ends by strangers.
     */
    void add(final long count, final long ns, final long grossNs, final long takenNs)
    {
        allNs += ns;
        allCount += count;
        if (isQuiet(grossNs, takenNs))
        {
            quietNs += ns;
            quietCount += count;
        }
    }

    /**
     * Nanoseconds per operation; of all where no batch was quiet.
     */
    double ns()
    {
        return quietCount > 0 ? quietNs / quietCount : allNs / allCount;
    }

    /**
     * Operations of quiet batches as a part of all, 0 to 1.
     */
    double quietPart()
    {
        return (double)quietCount / allCount;
    }

    /**
     * All that were done.
     */
    long count()
    {
        return allCount;
    }
}
