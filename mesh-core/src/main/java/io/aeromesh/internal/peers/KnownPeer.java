package io.aeromesh.internal.peers;

import io.aeromesh.protocol.NodeIds;

/**
 * A place that was heard of. Agent thread.
 */
final class KnownPeer
{
    private final String address;
    private String name = "";
    private long id = NodeIds.NONE;
    private long roundTripNs = -1;
    private long seenMs;
    private int failures;
    private boolean isTrying;
    private boolean isJoined;
    private long triedNs;
    private long retryNs;
    private boolean hasFailed;

    KnownPeer(final String address)
    {
        this.address = address;
    }

    String address()
    {
        return address;
    }

    /**
     * Name of the node that has the place; empty: not known.
     */
    String name()
    {
        return name;
    }

    /**
     * Id of that node, or none.
     */
    long id()
    {
        return id;
    }

    void name(final String newName)
    {
        name = newName;
        id = NodeIds.idOf(newName);
    }

    /**
     * As measured when it was a neighbour last, in nanoseconds; -1: never.
     */
    long roundTripNs()
    {
        return roundTripNs;
    }

    void roundTripNs(final long newRoundTripNs)
    {
        roundTripNs = newRoundTripNs;
    }

    /**
     * When it was a neighbour last, wall clock in milliseconds; 0: never.
     */
    long seenMs()
    {
        return seenMs;
    }

    void seenMs(final long newSeenMs)
    {
        seenMs = newSeenMs;
    }

    /**
     * Attempts in vain since it was a neighbour.
     */
    int failures()
    {
        return failures;
    }

    /**
     * Whether it is dialled and no neighbour yet.
     */
    boolean isTrying()
    {
        return isTrying;
    }

    /**
     * Whether it is a neighbour.
     */
    boolean isJoined()
    {
        return isJoined;
    }

    void trying(final long nowNs)
    {
        isTrying = true;
        triedNs = nowNs;
    }

    void joined(final boolean newJoined)
    {
        isJoined = newJoined;
        isTrying &= !newJoined;
        failures = newJoined ? 0 : failures;
        hasFailed &= !newJoined;
    }

    void failed(final long nowNs, final long newRetryNs)
    {
        failures++;
        restAfter(nowNs, newRetryNs);
    }

    /**
     * It is not to be dialled for a while.
     */
    void restAfter(final long nowNs, final long newRetryNs)
    {
        isTrying = false;
        hasFailed = true;
        triedNs = nowNs;
        retryNs = newRetryNs;
    }

    /**
     * Since when it is dialled, or when it was given up.
     */
    long triedNs()
    {
        return triedNs;
    }

    /**
     * Whether it may be dialled again.
     */
    boolean hasRested(final long nowNs)
    {
        return !hasFailed || nowNs - retryNs >= 0;
    }

    /**
     * Whether it may be dialled again by who has no neighbour at all.
     */
    boolean hasRestedFor(final long nowNs, final long restNs)
    {
        return !hasFailed || nowNs - triedNs >= restNs;
    }

    @Override
    public String toString()
    {
        return name + '@' + address;
    }
}
