package io.aeromesh.aeron;

import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Medium;
import java.util.ArrayList;
import java.util.List;

/**
 * The peers of one place. Agent thread only. Looking does not allocate.
 */
final class PlacePeers
{
    private final List<PlacePeer> peers = new ArrayList<>();
    private final MeshOs os;

    PlacePeers(final MeshOs os)
    {
        this.os = os;
    }

    int size()
    {
        return peers.size();
    }

    PlacePeer get(final int index)
    {
        return peers.get(index);
    }

    void add(final PlacePeer peer)
    {
        peers.add(peer);
    }

    void remove(final PlacePeer peer)
    {
        peers.remove(peer);
    }

    /**
     * Null: there is none at that address.
     */
    PlacePeer find(final String address)
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

    PlacePeer of(final Medium medium)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).medium() == medium)
            {
                return peers.get(i);
            }
        }
        throw new IllegalStateException("no peer has the medium " + medium.config().toUri());
    }

    /**
     * Address of the peer that the edge is up with; empty: of none.
     */
    String addressOf(final Edge edge)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).edge() == edge)
            {
                return peers.get(i).address();
            }
        }
        return "";
    }

    boolean isStreamUsed(final int stream)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).stream() == stream)
            {
                return true;
            }
        }
        return false;
    }

    /**
     * Draws a stream that no peer has.
     */
    int freshStream()
    {
        int stream = 0;
        while (stream < KnockFrame.STREAM_MIN || isStreamUsed(stream))
        {
            stream = (int)os.nextRandom() & AeronOptions.STREAM_MAX;
        }
        return stream;
    }

    void onClientGone()
    {
        peers.forEach(PlacePeer::onClientGone);
    }

    void close()
    {
        peers.forEach(PlacePeer::close);
        peers.clear();
    }
}
