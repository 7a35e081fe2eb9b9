package io.aeromesh.internal.session;

/**
 * An instance that may be dead, and when the kernel is asked next whether it is. One that lives on, such as one that is
 * closed and still holds leases, is asked after ever less often, down to once a second.
 * <p>
 * <b>Threading:</b> agent thread.
 */
public final class Death
{
    private static final long RETRY_MIN_NS = 1_000_000;
    private static final long RETRY_MAX_NS = 1_000_000_000;

    private final String name;
    private final long instanceHigh;
    private final long instanceLow;
    private long retryNs = RETRY_MIN_NS;
    private long nextTryNs;

    /**
     * @param nowNs from when on the kernel is to be asked.
     */
    public Death(final String name, final long instanceHigh, final long instanceLow, final long nowNs)
    {
        this.name = name;
        this.instanceHigh = instanceHigh;
        this.instanceLow = instanceLow;
        nextTryNs = nowNs;
    }

    /**
     * Name of the node.
     */
    public String name()
    {
        return name;
    }

    /**
     * Of the node's instance, upper half.
     */
    public long instanceHigh()
    {
        return instanceHigh;
    }

    /**
     * Lower half.
     */
    public long instanceLow()
    {
        return instanceLow;
    }

    boolean isOf(final long high, final long low)
    {
        return instanceHigh == high && instanceLow == low;
    }

    boolean isOf(final Session session)
    {
        return isOf(session.peerInstanceHigh(), session.peerInstanceLow());
    }

    /**
     * Whether the kernel is to be asked now; the next time is settled then.
     */
    public boolean isDue(final long nowNs)
    {
        if (nowNs - nextTryNs < 0)
        {
            return false;
        }
        nextTryNs = nowNs + retryNs;
        retryNs = Math.min(RETRY_MAX_NS, 2 * retryNs);
        return true;
    }

    /**
     * When the kernel is asked next.
     */
    public long nextTryNs()
    {
        return nextTryNs;
    }
}
