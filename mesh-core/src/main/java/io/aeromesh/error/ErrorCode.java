package io.aeromesh.error;

/**
 * The catalogue of operating errors. Ids are never reused.
 */
public enum ErrorCode
{
    /** An edge URI or record has a bad part. */
    BAD_EDGE_CONFIG(1001, Action.FIX_CONFIG, "Correct the named part of the edge's configuration."),
    /** No transport for a URI scheme. */
    UNKNOWN_TRANSPORT(1002, Action.FIX_CONFIG, "Put the module of that transport on the class path."),
    /** An edge of that name exists. */
    EDGE_EXISTS(1003, Action.FIX_CONFIG, "Choose another name, or ask for replacement."),
    /** No edge of that name. */
    EDGE_NOT_FOUND(1004, Action.FIX_CONFIG, "Name one of the edges that exist."),
    /** The neighbour can not be spoken to. */
    EDGE_REFUSED(1005, Action.FIX_CONFIG, "Make both ends of the edge agree on what the message names."),
    /** A process of another user is at the other end, or would be. */
    USER_REFUSED(1006, Action.FIX_CONFIG,
        "Let the host grant that user, as with: mesh host --grant USER; and name the host's user where it attaches."),
    /** Another node has this name. */
    NAME_TAKEN(1010, Action.FIX_CONFIG, "Give every node of the mesh a name of its own."),
    /** Two names share one 64-bit id. */
    NODE_ID_COLLISION(1011, Action.FIX_CONFIG, "Rename one of the two nodes."),
    /** A node, channel or limit in the configuration is not valid. */
    BAD_CONFIG(1012, Action.FIX_CONFIG, "Correct the value that the message names."),
    /** This node has given up its name to another live one. */
    NAME_WITHDRAWN(1013, Action.FIX_CONFIG, "Give each of the two a name of its own, and launch this one again."),
    /** A directory can not be used. */
    DIRECTORY_UNUSABLE(1020, Action.FIX_CONFIG,
        "Name the directory that the other nodes have, or one that is not there yet, which the first node makes."),
    /** Not enough shared memory. */
    OUT_OF_SHARED_MEMORY(1021, Action.FIX_CONFIG,
        "Free space on that file system, enlarge it, or configure smaller buffers."),
    /** An address can not be bound: its port is taken, or it is of another machine. */
    ADDRESS_UNUSABLE(1022, Action.FIX_CONFIG,
        "Choose another port, or an address of this machine, or stop the process that has the port."),
    /** No media driver runs in the directory. */
    DRIVER_ABSENT(1023, Action.RETRY, "Start the media driver for that directory, or use an embedded one."),
    /** A media driver runs in the directory already. */
    DRIVER_EXISTS(1024, Action.FIX_CONFIG, "Use it as an external driver, or choose another directory."),
    /** A link name is used by two other nodes. */
    LINK_TAKEN(1025, Action.FIX_CONFIG, "Give each edge between two nodes a link name of its own."),
    /** No process of this host runs a node that one could attach to. */
    NO_HOST(1026, Action.RETRY,
        "See that the host runs, or join as a node of your own, by an edge."),
    /** The base directory has a host already. */
    HOST_EXISTS(1027, Action.FIX_CONFIG, "Attach to it, or choose another base directory."),
    /** A place, or a link of many, has as many neighbours as it may have. */
    PLACE_FULL(1028, Action.RETRY, "Join at another node, or raise at the full one how many it allows."),
    /** A media driver and this process have lost each other. */
    DRIVER_LOST(1029, Action.RETRY,
        "None needed once: the connection is made anew. Where it happens often, give both more of a core."),
    /** What is kept on disk can not be used. */
    MEMORY_DAMAGED(1046, Action.RETRY, "The damaged file was set aside; look at the disk if it happens again."),
    /** What is to be kept on disk can not be written. */
    MEMORY_NOT_KEPT(1047, Action.FIX_CONFIG, "Free space in that directory, or let this user write there."),
    /** A page of mapped memory is not there. */
    MEMORY_FAULT(1048, Action.RESTART_NODE,
        "Free space on the file system of shared memory, see that nobody truncates files there, and launch it again."),
    /** A channel with that peer and name is open here. */
    CHANNEL_EXISTS(1030, Action.FIX_CONFIG, "Close it first, or ask for replacement."),
    /** The two ends of a channel disagree on the schema. */
    SCHEMA_MISMATCH(1031, Action.FIX_CONFIG, "Use the same codec version at both ends."),
    /** A peer's window exceeds what this node allows. */
    WINDOW_TOO_LARGE(1032, Action.FIX_CONFIG, "Lower the window of the channel, or raise windowLengthMax here."),
    /** A bounded table is full. */
    TABLE_FULL(1033, Action.FIX_CONFIG, "Raise the limit that the message names, or open fewer channels."),
    /** A message is longer than the channel can carry. */
    MESSAGE_TOO_LONG(1035, Action.FIX_CONFIG, "Transfer a lease, send less at once, or configure a larger window."),
    /** No block of memory is free. */
    LEASES_EXHAUSTED(1036, Action.RETRY, "Release blocks, wait for others to do so, or configure a larger arena."),
    /** Two ends can not be joined directly. */
    DIRECT_UNAVAILABLE(1037, Action.FIX_CONFIG,
        "Let both nodes run on one host with one base directory and user, give both a place for direct streams, " +
            "or open the channel in mode AUTO."),
    /** A closed channel's memory can not be freed. */
    CHANNEL_STILL_USED(1038, Action.RETRY, "Close a channel on the thread that uses it, or call it once more after."),
    /** A closed node's application still holds memory of others. */
    LEASES_STILL_HELD(1039, Action.RETRY, "Release leases, or send them back, before the node is closed."),
    /** The node is closed. */
    NODE_CLOSED(1040, Action.RESTART_NODE, "Launch the node again."),
    /** A question was not answered within the bound. */
    NO_ANSWER(1042, Action.RETRY, "See that the nodes asked are alive and can be reached, or wait longer."),
    /** The agent does not take commands. */
    COMMAND_QUEUE_FULL(1041, Action.RETRY, "See that the node's duty cycle runs, then try again."),
    /** Code of the application has thrown in the node's duty cycle. */
    APPLICATION_FAILED(1043, Action.RETRY, "Mend the service that the message names; it goes on with its next cycle."),
    /** The JVM was started without flags that are needed. */
    JVM_FLAGS_MISSING(1044, Action.FIX_CONFIG, "Start the JVM with them, as the user guide says at its top."),
    /** What a node tells of itself can not be read. */
    STATUS_UNREADABLE(1045, Action.RETRY,
        "Look again in a moment; if it stays, the file is damaged or of another version: delete it."),
    /** Bytes from a peer broke the protocol. */
    PROTOCOL_VIOLATION(1050, Action.RETRY, "Look for a peer with another version or a defect; the edge starts anew."),
    /** Something of ours is wrong. */
    INVARIANT_BROKEN(1099, Action.RESTART_NODE, "Report it with the message and the node's events.");

    /**
     * What to do about an error.
     */
    public enum Action
    {
        /** It may go by itself. */
        RETRY,
        /** It stays until the configuration changes. */
        FIX_CONFIG,
        /** The node can not go on. */
        RESTART_NODE
    }

    private final int id;
    private final Action action;
    private final String remedy;

    ErrorCode(final int id, final Action action, final String remedy)
    {
        this.id = id;
        this.action = action;
        this.remedy = remedy;
    }

    /**
     * Stable number.
     */
    public int id()
    {
        return id;
    }

    /**
     * What to do.
     */
    public Action action()
    {
        return action;
    }

    /**
     * What to do, in words.
     */
    public String remedy()
    {
        return remedy;
    }
}
