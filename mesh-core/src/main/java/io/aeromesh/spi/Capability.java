package io.aeromesh.spi;

/**
 * What a transport's edges guarantee beyond the contract that all of them keep.
 */
public enum Capability
{
    /** The peer is on this host, and memory can be shared with it. */
    SHARES_MEMORY,
    /** The peer is in this process. */
    SAME_PROCESS,
    /** A peer's sudden death is reported by an event and not by silence. */
    DEATH_NOTICE,
    /** One medium joins many neighbours. */
    MANY_NEIGHBOURS
}
