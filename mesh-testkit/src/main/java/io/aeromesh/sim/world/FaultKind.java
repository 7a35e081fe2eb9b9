package io.aeromesh.sim.world;

/**
 * What goes wrong in a world.
 */
public enum FaultKind
{
    /** Packets are lost below an edge, and repaired late. */
    REPAIR,
    /** Packets take longer. */
    DELAY,
    /** Claims are refused at any point. */
    REFUSE,
    /** An edge takes few packets, so that buffers fill. */
    SLOW_EDGE,
    /** One direction of a link is cut. */
    ONE_WAY_CUT,
    /** Nodes are parted in two. */
    PARTITION,
    /** An edge is lost at one end, with what is under way. */
    FLAP,
    /** A link is cut for a while. */
    CUT,
    /** An edge is removed by its node, or added again. */
    REMOVE,
    /** An edge is replaced by another of the same name. */
    REPLACE,
    /** A link more, for good. */
    NEW_LINK,
    /** A node is killed. */
    CRASH,
    /** A node is closed. */
    STOP,
    /** A node is killed and starts again at once. */
    RESTART,
    /** A node is paused, for a millisecond to a minute. */
    PAUSE,
    /** A direct stream is lost or cut. */
    STREAM,
    /** Memory is refused. */
    NO_MEMORY,
    /** Everything is mended for a while. */
    CALM,
    /** Files and sockets are refused. */
    NO_FILES
}
