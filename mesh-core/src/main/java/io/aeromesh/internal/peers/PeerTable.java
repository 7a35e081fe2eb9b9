package io.aeromesh.internal.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The places that are known, up to a bound. Where it is full, a new one takes the place of the one that was a neighbour
 * longest ago, if ever, and failed most often; never of one that is in use. Agent thread.
 */
final class PeerTable
{
    private final int max;
    private final List<KnownPeer> peers = new ArrayList<>();

    PeerTable(final int max)
    {
        this.max = max;
    }

    int max()
    {
        return max;
    }

    /**
     * All, in the order in which they were learnt. Not to be changed.
     */
    List<KnownPeer> all()
    {
        return peers;
    }

    KnownPeer find(final String address)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).address().equals(address))
            {
                return peers.get(i);
            }
        }
        return null;
    }

    /**
     * Finds or adds a place.
     *
     * @return null when all others are in use.
     */
    KnownPeer learn(final String address)
    {
        final KnownPeer known = find(address);
        if (known != null || peers.size() >= max && !evict())
        {
            return known;
        }
        final KnownPeer peer = new KnownPeer(address);
        peers.add(peer);
        return peer;
    }

    /**
     * A node has said itself where it is: what was known of it under other addresses is over.
     */
    void moved(final String name, final String address)
    {
        peers.removeIf(peer -> peer.name().equals(name) && !peer.address().equals(address) && !isUsed(peer));
    }

    /**
     * Forgets all but these.
     */
    void keepOnly(final Predicate<KnownPeer> which)
    {
        peers.removeIf(which.negate());
    }

    private boolean evict()
    {
        KnownPeer worst = null;
        for (final KnownPeer peer : peers)
        {
            if (!isUsed(peer) && (worst == null || peer.seenMs() < worst.seenMs() ||
                peer.seenMs() == worst.seenMs() && peer.failures() > worst.failures()))
            {
                worst = peer;
            }
        }
        return worst != null && peers.remove(worst);
    }

    private static boolean isUsed(final KnownPeer peer)
    {
        return peer.isJoined() || peer.isTrying();
    }
}
