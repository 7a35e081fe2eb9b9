package io.aeromesh.bench.cli.measure;

/**
 * How long a row is measured.
 */
public enum Plan
{
    /** To choose among configurations. */
    PROBE(250, 100, 0, 1, 20),
    /** For a look. */
    QUICK(500, 300, 200, 2, 30),
    /** For figures that are written down. */
    FULL(2_000, 1_500, 1_000, 4, 60);

    private static final long NS_PER_MS = 1_000_000;

    private final long warmUpNs;
    private final long meanNs;
    private final long distributionNs;
    private final int attemptsMax;
    private final int boundS;

    Plan(final long warmUpMs, final long meanMs, final long distributionMs, final int attemptsMax,
        final int boundS)
    {
        warmUpNs = warmUpMs * NS_PER_MS;
        meanNs = meanMs * NS_PER_MS;
        distributionNs = distributionMs * NS_PER_MS;
        this.attemptsMax = attemptsMax;
        this.boundS = boundS;
    }

    /**
     * Before anything counts.
     */
    public long warmUpNs()
    {
        return warmUpNs;
    }

    /**
     * Of the batch that gives the mean.
     */
    public long meanNs()
    {
        return meanNs;
    }

    /**
     * Of the operations that are timed one by one; 0: none are.
     */
    public long distributionNs()
    {
        return distributionNs;
    }

    /**
     * How often a row is measured at most when others disturb it.
     */
    public int attemptsMax()
    {
        return attemptsMax;
    }

    /**
     * Seconds after which a row that has not ended is given up: some three times what one takes that is disturbed each
     * time, the start of its processes included.
     */
    public int boundS()
    {
        return boundS;
    }
}
