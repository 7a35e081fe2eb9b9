package io.aeromesh;

import java.util.Objects;

/**
 * Which way a channel end's messages go now, and why.
 *
 * @param kind   of the way.
 * @param reason for people: why it is this one, with values.
 */
public record ChannelPath(Kind kind, String reason)
{
    /**
     * Kinds of ways.
     */
    public enum Kind
    {
        /** No session yet. */
        NONE,
        /** Hop by hop along edges. */
        PROXY,
        /** End to end through memory of one process. */
        DIRECT_PROCESS,
        /** End to end through memory that processes of one host share. */
        DIRECT_MEMORY,
        /** End to end over the network, along a stream that only the two nodes share. */
        DIRECT_UDP
    }

    /**
     * Validates.
     */
    public ChannelPath
    {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Whether nodes on the way have no part in it.
     */
    public boolean isDirect()
    {
        return kind != Kind.NONE && kind != Kind.PROXY;
    }
}
