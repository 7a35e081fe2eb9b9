package io.aeromesh;

/**
 * An edge as it is now.
 *
 * @param name        of the edge.
 * @param uri         it was configured with.
 * @param transport   scheme, with the medium where a scheme has several.
 * @param peer        name of the neighbour; empty while there is none.
 * @param state       of the edge.
 * @param cost        for routing.
 * @param roundTripNs measured, in nanoseconds; -1 while unmeasured.
 */
public record EdgeStatus(
    String name, String uri, String transport, String peer, State state, int cost, long roundTripNs)
{
    /**
     * State of an edge.
     */
    public enum State
    {
        /** Waits for its peer. */
        CONNECTING,
        /** Has its peer. */
        UP,
        /** Has its peer, which has not answered for a while; routes avoid it. */
        SILENT,
        /** Refuses its peer or is refused by it. */
        REFUSED
    }
}
