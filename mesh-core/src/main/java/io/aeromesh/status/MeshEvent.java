package io.aeromesh.status;

import java.util.Locale;

/**
 * Every kind of event that a node notes. Ids are never reused.
 */
public enum MeshEvent
{
    /** The node runs. */
    NODE_STARTED(1, Value.NONE, "the node runs; of: node"),
    /** The node has stopped by a defect. */
    NODE_FAILED(2, Value.NONE, "the node has stopped by a defect: its errors have it; of: node"),
    /** An edge has a neighbour. */
    EDGE_UP(11, Value.NONE, "an edge has a neighbour; of: edge, with: neighbour"),
    /** An edge has lost a neighbour. */
    EDGE_DOWN(12, Value.NONE, "an edge has lost a neighbour; of: edge, with: neighbour and reason"),
    /** A neighbour does not answer. */
    EDGE_SILENT(13, Value.NONE, "a neighbour does not answer, and routes avoid it; of: edge, with: neighbour"),
    /** A neighbour answers again. */
    EDGE_ANSWERS(14, Value.NONE, "a neighbour answers again; of: edge, with: neighbour"),
    /** The two ends of an edge do not agree. */
    EDGE_REFUSED(15, Value.NONE, "the two ends of an edge do not agree; of: edge, with: reason"),
    /** There is a way, or another way than before. */
    ROUTE(21, Value.COUNT, "there is a way to a node, or another than before; of: node, with: next hop; value: metric"),
    /** There is no way. */
    ROUTE_LOST(22, Value.NONE, "there is no way to a node now; of: node"),
    /** A channel is connected. */
    SESSION_CONNECTED(31, Value.NONE, "a session is connected; of: channel, with: node"),
    /** A session has ended. */
    SESSION_ENDED(32, Value.NONE, "a session has ended; of: channel, with: node and reason"),
    /** The kernel has told of a death. */
    PROCESS_ENDED(41, Value.NONE, "the kernel says that the process of a node has ended; of: node"),
    /** The duty cycle took long. */
    SLOW_CYCLE(51, Value.NANOSECONDS,
        "a duty cycle began late, or was long; of: what took the time, as far as it was seen; with: how many before " +
            "it are not told, as they go on; value: its length");

    /**
     * What an event's value is in.
     */
    public enum Value
    {
        /** There is none. */
        NONE,
        /** Items. */
        COUNT,
        /** Nanoseconds. */
        NANOSECONDS
    }

    private final int id;
    private final Value value;
    private final String doc;

    MeshEvent(final int id, final Value value, final String doc)
    {
        this.id = id;
        this.value = value;
        this.doc = doc;
    }

    /**
     * Stable number.
     */
    public int id()
    {
        return id;
    }

    /**
     * For people and programs: {@code edge-up}.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What its value is in.
     */
    public Value value()
    {
        return value;
    }

    /**
     * What it means, and what it is of.
     */
    public String doc()
    {
        return doc;
    }

    /**
     * The kind with that number, or null for one of another version.
     */
    public static MeshEvent of(final int id)
    {
        for (final MeshEvent event : values())
        {
            if (event.id == id)
            {
                return event;
            }
        }
        return null;
    }
}
