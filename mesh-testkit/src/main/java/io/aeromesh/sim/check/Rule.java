package io.aeromesh.sim.check;

/**
 * What must hold.
 */
public enum Rule
{
    /** Channels between two ends. */
    DELIVERY("accepted is delivered once, in order, whole, or reported"),
    /** Broadcast channels. */
    BROADCAST("a member gets all of a source from its joining on, once, in order, whole"),
    /** Ends of sessions. */
    PAUSE_IS_NOT_DEATH("a session ends only by its ends or by their nodes' ends"),
    /** Everything owed. */
    OWED("after healing, all accepted is delivered or reported"),
    /** Next hops. */
    NO_LOOP("no way to any node runs in a circle, at any instant"),
    /** Hop limits. */
    HOP_LIMIT("each hop lowers the hop limit"),
    /** Routes in the end. */
    SHORTEST_PATHS("after healing, routes are the shortest paths, in time"),
    /** Lanes. */
    CONTROL_FIRST("control never waits behind data"),
    /** Buffers and tables. */
    BOUNDED("every buffer stays within its bound"),
    /** Blocks of memory. */
    LEASES("a block has one holder, and comes back"),
    /** Defects that the nodes find themselves. */
    HEALTH("no node stops, finds a defect, or meets a packet that breaks the protocol");

    private final String text;

    Rule(final String text)
    {
        this.text = text;
    }

    /**
     * For people.
     */
    public String text()
    {
        return text;
    }
}
