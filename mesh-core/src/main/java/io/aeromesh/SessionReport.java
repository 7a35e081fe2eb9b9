package io.aeromesh;

/**
 * How a session ended, seen from one end's stream: up to {@link #acknowledgedPosition} the peer has consumed; from
 * there to {@link #acceptedPosition} the outcome is {@link #rest}. Positions are those that {@code offer} returned.
 *
 * @param peer                 at the other end.
 * @param channel              name.
 * @param reason               why the session ended.
 * @param startPosition        of this session in this end's stream.
 * @param acknowledgedPosition up to which the peer has consumed.
 * @param acceptedPosition     up to which this end has accepted.
 * @param rest                 what is known of the messages between the two.
 */
public record SessionReport(
    String peer,
    String channel,
    EndReason reason,
    long startPosition,
    long acknowledgedPosition,
    long acceptedPosition,
    Outcome rest)
{
    /**
     * Why a session ended.
     */
    public enum EndReason
    {
        /** The peer node runs as another instance now. */
        PEER_RESTARTED,
        /** The peer's process has ended, as the kernel says. */
        PEER_DIED,
        /** The peer's end was closed by its owner. */
        CLOSED_BY_PEER,
        /** The peer's end was opened anew in place of the old one. */
        REPLACED_BY_PEER,
        /** The peer no longer knows the session. */
        RESET_BY_PEER,
        /** A broadcast member fell too far behind. */
        EVICTED,
        /** Bytes from the peer broke the protocol. */
        PROTOCOL_ERROR,
        /** This end was closed. */
        CLOSED_HERE,
        /** This node was closed. */
        NODE_CLOSED
    }

    /**
     * What is known of unacknowledged messages.
     */
    public enum Outcome
    {
        /** The peer may or may not have consumed them. */
        UNKNOWN,
        /** The peer said that it has not consumed them. */
        NOT_CONSUMED
    }

    /**
     * Bytes accepted and not acknowledged.
     */
    public long unacknowledgedBytes()
    {
        return acceptedPosition - acknowledgedPosition;
    }
}
