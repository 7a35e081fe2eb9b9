package io.aeromesh.internal.peers;

import io.aeromesh.internal.link.Link;

/**
 * A neighbour at the place of this node, what it has told and what it was told. Agent thread.
 */
final class PlaceLink
{
    private final Link link;
    private final String address;
    private int edges;
    private int edgesWanted = 1;
    private long toldVersion;
    private long nextTellNs;
    private boolean isTold;
    private boolean isLeaveDue;

    PlaceLink(final Link link, final String address)
    {
        this.link = link;
        this.address = address;
    }

    Link link()
    {
        return link;
    }

    /**
     * At which it was reached, or from which it came.
     */
    String address()
    {
        return address;
    }

    /**
     * What the neighbour has told of itself; each news is a reason to think about leaving it, once.
     */
    void told(final int newEdges, final int newEdgesWanted)
    {
        edges = newEdges;
        edgesWanted = Math.max(1, newEdgesWanted);
        isLeaveDue = true;
    }

    int edges()
    {
        return edges;
    }

    /**
     * How many neighbours it has beyond twice what it wants; 0 or less: none.
     */
    int excess()
    {
        return edges - 2 * edgesWanted;
    }

    boolean takeLeaveDue()
    {
        final boolean isDue = isLeaveDue;
        isLeaveDue = false;
        return isDue;
    }

    /**
     * Whether it does not know the present version, and may be told again.
     */
    boolean isTellDue(final long version, final long nowNs)
    {
        return !isTold || toldVersion != version && nowNs - nextTellNs >= 0;
    }

    void onTold(final long version, final long newNextTellNs)
    {
        isTold = true;
        toldVersion = version;
        nextTellNs = newNextTellNs;
    }
}
