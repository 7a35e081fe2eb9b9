package io.aeromesh.internal.node;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.link.LinkListener;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.internal.session.StreamJoiner;
import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.Medium;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Direct streams to nodes that need not be neighbours, one for each: links as on edges, of which the routing table
 * knows nothing. Only packets between the two ends go along them. A silent one is ended, unlike an edge, since all that
 * it carries can go another way.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the media of the peers; the place belongs to {@link Links}.
 */
final class Streams implements StreamJoiner, LinkListener
{
    private final ErrorReporter errors;
    private final Long2ObjectHashMap<EdgeSlot> slotByPeer = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Link> upByPeer = new Long2ObjectHashMap<>();
    private Links links;
    private Sessions sessions;
    private DirectMedium place;

    Streams(final ErrorReporter errors)
    {
        this.errors = errors;
    }

    void wire(final Links newLinks, final Sessions newSessions)
    {
        links = newLinks;
        sessions = newSessions;
    }

    /**
     * This node can be reached at a place.
     */
    void open(final DirectMedium newPlace)
    {
        place = newPlace;
        sessions.onPlaceChanged();
    }

    /**
     * An edge is about to be removed: with the place, all streams end.
     */
    void onRemoval(final String edgeName)
    {
        if (place != null && place.config().name().equals(edgeName))
        {
            place = null;
            links.close();
            slotByPeer.clear();
            upByPeer.clear();
            sessions.onPlaceChanged();
        }
    }

    // --- StreamJoiner ---

    @Override
    public String newAddress()
    {
        return place == null ? "" : place.newAddress();
    }

    @Override
    public void join(final long peerId, final String peer, final String ownAddress, final String peerAddress)
    {
        leave(peerId);
        if (peerAddress.length() > DirectMedium.ADDRESS_LENGTH_MAX)
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG, "node '" + peer + "' tells an address of " +
                peerAddress.length() + " characters for a direct stream, at most " + DirectMedium.ADDRESS_LENGTH_MAX);
        }
        final Medium medium = place.join(peer, ownAddress, peerAddress);
        slotByPeer.put(peerId, links.add(medium));
    }

    @Override
    public void leave(final long peerId)
    {
        final EdgeSlot slot = slotByPeer.remove(peerId);
        if (slot != null)
        {
            links.remove(slot);
        }
    }

    // --- LinkListener ---

    @Override
    public void onLinkUp(final Link link)
    {
        upByPeer.put(link.peerId(), link);
        sessions.onStreamUp(link.peerId(), link);
    }

    @Override
    public void onLinkDown(final Link link, final String reason)
    {
        if (upByPeer.remove(link.peerId(), link)) // else a newer one has taken its place
        {
            sessions.onStreamDown(link.peerId());
        }
    }

    @Override
    public void onLinkRefused(final Link link, final MeshException error)
    {
        errors.report(error);
    }

    @Override
    public void onRoutingPacket(
        final Link link, final DirectBuffer buffer, final int offset, final int length, final int templateId)
    {
        throw new MeshException(ErrorCode.PROTOCOL_VIOLATION,
            "routes do not go along a direct stream: templateId=" + templateId);
    }

    @Override
    public void onPeers(final Link link, final DirectBuffer buffer, final int offset)
    {
        throw new MeshException(ErrorCode.PROTOCOL_VIOLATION, "places are not told along a direct stream");
    }

    @Override
    public void onLinkMeasured(final Link link)
    {
        // no route has a cost by it
    }

    @Override
    public void onLinkCost(final Link link)
    {
        // no route has a cost by it
    }

    @Override
    public void onLinkSilent(final Link link, final boolean silent)
    {
        // Links ends it
    }
}
