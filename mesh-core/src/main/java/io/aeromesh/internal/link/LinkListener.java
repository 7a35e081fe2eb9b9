package io.aeromesh.internal.link;

import io.aeromesh.error.MeshException;
import org.agrona.DirectBuffer;

/**
 * Told of a link's life. Agent thread.
 */
public interface LinkListener
{
    /**
     * Both ends have named themselves and agree; from now on packets may be sent.
     */
    void onLinkUp(Link link);

    /**
     * The generation has ended after it was up.
     */
    void onLinkDown(Link link, String reason);

    /**
     * The two ends will not talk.
     */
    void onLinkRefused(Link link, MeshException error);

    /**
     * A routing message came.
     *
     * @param offset     of the SBE message header.
     * @param length     from there.
     * @param templateId of the message.
     */
    void onRoutingPacket(Link link, DirectBuffer buffer, int offset, int length, int templateId);

    /**
     * The peer tells where places are: a message {@code Peers}, whose shape was checked.
     *
     * @param buffer that nobody else changes.
     * @param offset of the SBE message header.
     * @throws MeshException PROTOCOL_VIOLATION for what makes no sense.
     */
    void onPeers(Link link, DirectBuffer buffer, int offset);

    /**
     * The link's round trip was measured for the first time.
     */
    void onLinkMeasured(Link link);

    /**
     * A round trip to the peer was measured.
     *
     * @param roundTripNs not smoothed, in nanoseconds.
     */
    default void onRoundTrip(final long roundTripNs)
    {
    }

    /**
     * The link's cost has changed.
     */
    void onLinkCost(Link link);

    /**
     * The peer has stopped answering, or answers again; it may only be paused.
     */
    void onLinkSilent(Link link, boolean silent);
}
