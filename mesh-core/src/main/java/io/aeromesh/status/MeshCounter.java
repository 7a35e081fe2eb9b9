package io.aeromesh.status;

import java.util.Locale;

/**
 * Every counter there is. Ids are never reused; this enum owns 1000 to 1999.
 */
public enum MeshCounter
{
    /** Packets passed on. */
    PACKETS_FORWARDED(1001, Scope.NODE, Unit.COUNT, Kind.SUM, "packets passed on towards another node"),
    /** Must stay 0. */
    HOP_LIMIT_EXCEEDED(1002, Scope.NODE, Unit.COUNT, Kind.SUM,
        "packets discarded because their hop limit ended: must stay 0"),
    /** Packets without a way. */
    NO_ROUTE_DISCARDS(1003, Scope.NODE, Unit.COUNT, Kind.SUM,
        "packets discarded because no route was left; their ends probe"),
    /** Packets discarded before a full edge. */
    CONGESTION_DISCARDS(1004, Scope.NODE, Unit.COUNT, Kind.SUM,
        "packets discarded before a full edge; their source is told"),
    /** Notices of discards. */
    CONGESTION_NOTICES(1005, Scope.NODE, Unit.COUNT, Kind.SUM, "notices of discards sent to sources"),
    /** Packets that broke the protocol. */
    MALFORMED_PACKETS(1006, Scope.NODE, Unit.COUNT, Kind.SUM, "packets and records that broke the protocol"),
    /** Packets of older generations. */
    STALE_PACKETS(1007, Scope.NODE, Unit.COUNT, Kind.SUM, "packets of an older generation of an edge, discarded"),
    /** Data packets sent again. */
    PACKETS_RESENT(1008, Scope.NODE, Unit.COUNT, Kind.SUM, "data packets sent again"),
    /** Received twice. */
    DUPLICATE_PACKETS(1009, Scope.NODE, Unit.COUNT, Kind.SUM, "data packets that brought nothing new"),
    /** Not kept. */
    UNKEPT_PACKETS(1010, Scope.NODE, Unit.COUNT, Kind.SUM, "data packets beyond the window or too scattered to keep"),
    /** For unknown ends. */
    UNKNOWN_SESSIONS(1011, Scope.NODE, Unit.COUNT, Kind.SUM,
        "packets for a session that is not known here, answered by a reset"),
    /** Replies without room. */
    REPLIES_OVERFLOWED(1012, Scope.NODE, Unit.COUNT, Kind.SUM, "replies that found no room; the peer begins anew"),
    /** Broadcasts off the tree. */
    BROADCASTS_OFF_TREE(1013, Scope.NODE, Unit.COUNT, Kind.SUM,
        "broadcast packets that came by another way than the route back"),
    /** Broadcasts seen before. */
    BROADCASTS_REPEATED(1014, Scope.NODE, Unit.COUNT, Kind.SUM, "broadcast packets that had been passed on before"),
    /** Route changes. */
    ROUTE_CHANGES(1015, Scope.NODE, Unit.COUNT, Kind.SUM, "changes of a route: next hop, path or metric"),
    /** Longest cycle. */
    CYCLE_TIME_MAX_NS(1016, Scope.NODE, Unit.NANOSECONDS, Kind.LEVEL, "longest time between two duty cycles"),
    /** Leases held. */
    LEASES_HELD(1017, Scope.NODE, Unit.COUNT, Kind.LEVEL, "blocks of any node that are held here"),
    /** Leases given. */
    LEASES_OUT(1018, Scope.NODE, Unit.COUNT, Kind.LEVEL, "blocks of this node that others hold, as it last looked"),
    /** Bytes for leases. */
    LEASES_ARENA_BYTES(1019, Scope.NODE, Unit.BYTES, Kind.LEVEL, "memory that this node has made for leases"),
    /** Leases lost. */
    LEASES_CORRUPT(1020, Scope.NODE, Unit.COUNT, Kind.SUM,
        "blocks not used any more as someone wrote over their state"),
    /** Leases sent as they are. */
    LEASES_HANDED_OVER(1021, Scope.NODE, Unit.COUNT, Kind.SUM,
        "leases sent without a copy, by broadcast at least to some"),
    /** Leases sent as bytes. */
    LEASES_COPIED(1022, Scope.NODE, Unit.COUNT, Kind.SUM, "leases sent by copying, as a receiver shares no memory"),
    /** Bytes of leases sent. */
    LEASE_BYTES_SENT(1023, Scope.NODE, Unit.BYTES, Kind.SUM, "bytes of the leases sent, either way"),
    /** Slow cycles. */
    SLOW_CYCLES(1024, Scope.NODE, Unit.COUNT, Kind.SUM, "duty cycles that began late or were long: slowCycleNs"),

    /** In by this edge. */
    EDGE_PACKETS_IN(1101, Scope.EDGE, Unit.COUNT, Kind.SUM, "packets received"),
    /** Bytes in by this edge. */
    EDGE_BYTES_IN(1102, Scope.EDGE, Unit.BYTES, Kind.SUM, "bytes received"),
    /** Generations of this edge. */
    EDGE_GENERATIONS(1103, Scope.EDGE, Unit.COUNT, Kind.SUM, "generations that came up"),
    /** Round trip. */
    EDGE_ROUND_TRIP_NS(1105, Scope.EDGE, Unit.NANOSECONDS, Kind.LEVEL, "round trip, smoothed"),

    /** Accepted by this channel end. */
    CHANNEL_ACCEPTED_BYTES(1201, Scope.CHANNEL, Unit.BYTES, Kind.SUM,
        "stream position behind the last accepted message"),
    /** Acknowledged to this channel end. */
    CHANNEL_ACKNOWLEDGED_BYTES(1202, Scope.CHANNEL, Unit.BYTES, Kind.SUM, "stream position consumed by the other end"),
    /** Received by this channel end. */
    CHANNEL_RECEIVED_BYTES(1203, Scope.CHANNEL, Unit.BYTES, Kind.SUM, "stream position received from the other end"),
    /** Sessions of this channel end. */
    CHANNEL_SESSIONS(1204, Scope.CHANNEL, Unit.COUNT, Kind.SUM, "sessions that were connected");

    /**
     * What a counter belongs to.
     */
    public enum Scope
    {
        /** A node. */
        NODE,
        /** An edge of a node. */
        EDGE,
        /** A channel end of a node. */
        CHANNEL
    }

    /**
     * What a counter counts in.
     */
    public enum Unit
    {
        /** Items. */
        COUNT,
        /** Bytes. */
        BYTES,
        /** Nanoseconds. */
        NANOSECONDS
    }

    /**
     * How a counter changes.
     */
    public enum Kind
    {
        /** It only grows, so that its rate means something. */
        SUM,
        /** It goes up and down. */
        LEVEL
    }

    private final int id;
    private final Scope scope;
    private final Unit unit;
    private final Kind kind;
    private final String doc;

    MeshCounter(final int id, final Scope scope, final Unit unit, final Kind kind, final String doc)
    {
        this.id = id;
        this.scope = scope;
        this.unit = unit;
        this.kind = kind;
        this.doc = doc;
    }

    /**
     * The counter with that number, or null for one of another version.
     */
    public static MeshCounter of(final int id)
    {
        for (final MeshCounter counter : values())
        {
            if (counter.id == id)
            {
                return counter;
            }
        }
        return null;
    }

    /**
     * For people and programs: {@code packets-forwarded}.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Stable number, the type id of the counter.
     */
    public int id()
    {
        return id;
    }

    /**
     * What it belongs to.
     */
    public Scope scope()
    {
        return scope;
    }

    /**
     * What it counts in.
     */
    public Unit unit()
    {
        return unit;
    }

    /**
     * How it changes.
     */
    public Kind kind()
    {
        return kind;
    }

    /**
     * What it means.
     */
    public String doc()
    {
        return doc;
    }
}
