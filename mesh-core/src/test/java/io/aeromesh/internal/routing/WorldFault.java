package io.aeromesh.internal.routing;

/**
 * A bug that is planted to see that the search finds it. Here is none.
 */
class WorldFault
{
    static final WorldFault NONE = new WorldFault();

    /** What decides which neighbours may be followed. */
    FeasibilityRule rule()
    {
        return new FeasibilityRule();
    }

    /** How many distances of forgotten destinations a table remembers: enough for a small world. */
    int rememberedDistances()
    {
        return 64;
    }

    /** What arrives in place of a packet that a table has written; null for nothing. */
    byte[] alter(final byte[] packet)
    {
        return packet;
    }

    /** Whether a table hears that its end of an edge is down. */
    boolean tellsOfDown()
    {
        return true;
    }

    /** Something that is wrong in a table, before it writes a packet. */
    void beforeFlush(final RoutingTable table)
    {
    }
}
