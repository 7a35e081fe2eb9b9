package io.aeromesh.aeron;

/**
 * Which of the two lanes; its ordinal is the offset from the medium's first stream.
 */
enum LaneKind
{
    /** Routing, acknowledgements, liveness, and the handshake of links. */
    CONTROL,
    /** Messages. */
    DATA
}
