package io.aeromesh.inproc;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.JoinableMedium;
import io.aeromesh.spi.Medium;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A place of one JVM. Two places are joined by a link that is named by both, so that it does not matter who dials.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the media of its links.
 */
public final class InprocPlaceMedium implements JoinableMedium, EdgeListener
{
    private static final long KNOCK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FORGET_NS = TimeUnit.SECONDS.toNanos(1);

    private final InprocPlaces places;
    private final InprocPlaceConfig config;
    private final Function<InprocEdgeConfig, Medium> opener;
    private final List<String> dialled = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private EdgeListener listener;
    private String reportedRefusal = "";
    private int nextReferral;
    private long nowNs;
    private boolean isClosed;

    /** What it has with one other place. */
    private static final class Peer
    {
        final String place;
        final Medium medium;
        Edge edge;
        long nextKnockNs;
        long quietSinceNs;
        boolean isLetGo;

        Peer(final String place, final Medium medium, final long nowNs)
        {
            this.place = place;
            this.medium = medium;
            nextKnockNs = nowNs;
            quietSinceNs = nowNs;
        }
    }

    /**
     * Opens a place.
     *
     * @param network of the place.
     * @param config  of it.
     * @param opener  that attaches one end of a link.
     */
    public InprocPlaceMedium(
        final InprocNetwork network, final InprocPlaceConfig config, final Function<InprocEdgeConfig, Medium> opener)
    {
        this.places = network.places();
        this.config = config;
        this.opener = opener;
        places.open(config.listen());
        config.join().forEach(this::dial);
    }

    @Override
    public EdgeConfig config()
    {
        return config;
    }

    @Override
    public String address()
    {
        return config.listen();
    }

    @Override
    public void checkAddress(final String address)
    {
        InprocPlaceConfig.checkPlace("address", address);
    }

    @Override
    public void dial(final String address)
    {
        if (!address.equals(config.listen()) && !dialled.contains(address))
        {
            dialled.add(address);
        }
    }

    @Override
    public void hangUp(final String address)
    {
        dialled.remove(address);
        final Peer peer = find(address);
        if (peer != null)
        {
            peer.isLetGo = true;
        }
    }

    @Override
    public String addressOf(final Edge edge)
    {
        for (final Peer peer : peers)
        {
            if (peer.edge == edge)
            {
                return peer.place;
            }
        }
        return "";
    }

    @Override
    public String takeHeard()
    {
        return places.takeReferral(config.listen());
    }

    @Override
    public List<String> dialled()
    {
        return Collections.unmodifiableList(dialled);
    }

    @Override
    public int doWork(final long newNowNs, final EdgeListener newListener)
    {
        if (isClosed)
        {
            return 0;
        }
        nowNs = newNowNs;
        listener = newListener;
        int work = 0;
        for (String from = places.next(config.listen()); from != null; from = places.next(config.listen()))
        {
            begin(from);
            final Peer peer = find(from);
            if (peer != null)
            {
                peer.quietSinceNs = nowNs; // it is wanted
            }
            work++;
        }
        for (int i = 0; i < dialled.size(); i++)
        {
            begin(dialled.get(i));
        }
        for (int i = peers.size() - 1; i >= 0 && !isClosed; i--)
        {
            work += doWork(peers.get(i));
        }
        return work;
    }

    private int doWork(final Peer peer)
    {
        final int work = peer.medium.doWork(nowNs, this);
        if (isClosed)
        {
            return work; // by the listener
        }
        final boolean isDialled = dialled.contains(peer.place);
        if (isDialled && nowNs - peer.nextKnockNs >= 0)
        {
            peer.nextKnockNs = nowNs + KNOCK_NS;
            places.knock(peer.place, config.listen());
        }
        if (peer.isLetGo || !isDialled && peer.edge == null && nowNs - peer.quietSinceNs > FORGET_NS)
        {
            peers.remove(peer);
            if (peer.edge != null)
            {
                listener.onEdgeDown(this, peer.edge, "given up");
            }
            peer.medium.close();
        }
        return work;
    }

    private void begin(final String place)
    {
        if (find(place) != null)
        {
            return;
        }
        if (peers.size() >= config.edgesMax())
        {
            refuse(place);
            return;
        }
        final String own = config.listen();
        final String link = own.compareTo(place) < 0 ? own + "." + place : place + "." + own;
        peers.add(new Peer(place, opener.apply(new InprocEdgeConfig(
            new EdgeOptions("", "", config.options().cost()), link, InprocEdgeConfig.DATA_LENGTH_DEFAULT,
            InprocEdgeConfig.CONTROL_LENGTH_DEFAULT)), nowNs));
    }

    private void refuse(final String place)
    {
        nextReferral++;
        places.refer(place, peers.get(Math.floorMod(nextReferral, peers.size())).place);
        if (!place.equals(reportedRefusal))
        {
            reportedRefusal = place;
            listener.onMediumError(this, new MeshException(ErrorCode.PLACE_FULL, "the place " + config.listen() +
                " has " + peers.size() + " neighbours, edges-max=" + config.edgesMax() + ": refused " + place));
        }
    }

    @Override
    public boolean wakesAgent()
    {
        return false; // a knock does not
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            end(Medium::close);
            places.close(config.listen());
        }
    }

    /**
     * Dies as {@link InprocMedium#abandon} does.
     */
    void abandon()
    {
        end(medium -> ((InprocMedium)medium).abandon());
    }

    private void end(final Consumer<Medium> how)
    {
        isClosed = true;
        peers.forEach(peer -> how.accept(peer.medium));
        peers.clear();
    }

    // --- of the edges of peers ---

    @Override
    public void onEdgeUp(final Medium medium, final Edge edge)
    {
        find(medium).edge = edge;
        listener.onEdgeUp(this, edge);
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge edge, final String reason)
    {
        final Peer peer = find(medium);
        peer.edge = null;
        peer.quietSinceNs = nowNs;
        listener.onEdgeDown(this, edge, reason);
    }

    @Override
    public void onMediumError(final Medium medium, final Throwable error)
    {
        listener.onMediumError(this, error);
    }

    private Peer find(final String place)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).place.equals(place))
            {
                return peers.get(i);
            }
        }
        return null;
    }

    private Peer find(final Medium medium)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).medium == medium)
            {
                return peers.get(i);
            }
        }
        throw new IllegalStateException("no peer has the medium " + medium.config().toUri());
    }
}
