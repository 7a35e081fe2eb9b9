package io.aeromesh.internal.peers;

import io.aeromesh.PeersConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.os.KeptFile;
import io.aeromesh.os.MeshOs;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.spi.JoinableMedium;
import io.aeromesh.status.OccupancyVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Keeps the place of a node joined to others; does nothing where the node has none.
 * <p>
 * <b>Threading:</b> made on the launching thread, then the agent's. <b>Allocation:</b> none while nobody comes or goes.
 * <b>Owns:</b> what is known of other places, and the file in which it is kept; the place belongs to the node's links.
 */
public final class PeerKeeper
{
    /** Between two messages to one neighbour, in nanoseconds. */
    private static final long TELL_NS = TimeUnit.SECONDS.toNanos(1);

    private final PeersConfig config;
    private final String selfName;
    private final MeshOs os;
    private final PeerTable table;
    private final PeerMemory memory;
    private final Dialler dialler;
    private final List<PlaceLink> links = new ArrayList<>();
    private final PeersMessage message = new PeersMessage();
    private RoutingTable routes;
    private JoinableMedium place;
    private long nowNs;
    /** Of what is told. */
    private long version;
    private boolean isTellDue;
    private long nextTellNs;

    /**
     * @param config   of the node.
     * @param selfName of the node.
     * @param os       clocks and randomness.
     * @param file     in which places are kept; closed here.
     * @param errors   told of what goes wrong.
     */
    public PeerKeeper(
        final PeersConfig config,
        final String selfName,
        final MeshOs os,
        final KeptFile file,
        final Consumer<Throwable> errors)
    {
        this.config = config;
        this.selfName = selfName;
        this.os = os;
        table = new PeerTable(config.known());
        memory = new PeerMemory(file, config.known(), errors);
        dialler = new Dialler(config.active(), os, table, links, this::isRouted);
    }

    /**
     * Sets the routes by which it is told who lives.
     */
    public void wire(final RoutingTable newRoutes)
    {
        routes = newRoutes;
    }

    /**
     * The node has a place from now on.
     */
    public void open(final JoinableMedium newPlace, final long atNs)
    {
        nowNs = atNs;
        place = newPlace;
        table.keepOnly(this::isOfThisKind); // an earlier place of this node may have been of another
        for (final String address : place.dialled())
        {
            final KnownPeer peer = table.learn(address);
            if (peer != null)
            {
                peer.trying(nowNs);
            }
        }
        for (final KnownPeer kept : memory.take())
        {
            remember(kept);
        }
        dialler.open(place);
    }

    private void remember(final KnownPeer kept)
    {
        if (kept.address().equals(place.address()) || kept.name().equals(selfName) || !isOfThisKind(kept))
        {
            return;
        }
        final KnownPeer peer = table.learn(kept.address());
        if (peer != null)
        {
            peer.roundTripNs(kept.roundTripNs());
            peer.seenMs(kept.seenMs());
            if (!kept.name().isEmpty())
            {
                peer.name(kept.name());
            }
        }
    }

    private boolean isOfThisKind(final KnownPeer peer)
    {
        try
        {
            place.checkAddress(peer.address());
            return true;
        }
        catch (final MeshException ignore)
        {
            return false;
        }
    }

    /**
     * An edge is about to be removed: with the place, nothing more is to be done.
     */
    public void onRemoval(final String edgeName)
    {
        if (place != null && place.config().name().equals(edgeName))
        {
            place = null;
            dialler.open(null);
        }
    }

    /**
     * A link has come up, at the place or elsewhere.
     */
    public void onLinkUp(final Link link)
    {
        if (link.medium() != place)
        {
            return;
        }
        final PlaceLink joined = new PlaceLink(link, place.addressOf(link.edge()));
        links.add(joined);
        changed();
        final KnownPeer peer = table.learn(joined.address());
        if (peer != null)
        {
            peer.name(link.peerName());
            peer.joined(true);
            peer.seenMs(os.epochClock().time());
            table.moved(link.peerName(), joined.address());
            memory.changed();
        }
    }

    /**
     * A link has gone down, at the place or elsewhere.
     */
    public void onLinkDown(final Link link)
    {
        final PlaceLink left = find(link);
        if (left == null)
        {
            return;
        }
        links.remove(left);
        changed();
        final KnownPeer peer = table.find(left.address());
        if (peer != null)
        {
            peer.joined(false);
            peer.roundTripNs(link.roundTripNs());
            peer.seenMs(os.epochClock().time());
            memory.changed();
            if (place != null && place.dialled().contains(left.address()))
            {
                peer.trying(nowNs); // the place goes on dialling
            }
        }
    }

    /**
     * A neighbour tells where places are.
     *
     * @param offset of the SBE message header.
     * @throws MeshException PROTOCOL_VIOLATION for what makes no sense.
     */
    public void onPeers(final Link link, final DirectBuffer buffer, final int offset)
    {
        final PlaceLink teller = find(link);
        message.wrap(buffer, offset);
        final List<PeersMessage.Place> told = message.places();
        if (teller == null)
        {
            return; // by a node with a place to one without
        }
        if (told.isEmpty() || !told.get(0).name().equals(link.peerName()))
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION,
                "'" + link.peerName() + "' tells of places and does not begin with its own: " + told.size());
        }
        teller.told(message.edges(), message.edgesWanted());
        for (final PeersMessage.Place entry : told)
        {
            learn(entry);
        }
        dialler.look();
    }

    private void learn(final PeersMessage.Place told)
    {
        try
        {
            NodeIds.validate(told.name());
            place.checkAddress(told.address());
        }
        catch (final MeshException ex)
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION, "a place is told badly: " + ex.getMessage(), ex);
        }
        if (told.name().equals(selfName) || told.address().equals(place.address()) ||
            table.find(told.address()) != null)
        {
            return;
        }
        final KnownPeer peer = table.learn(told.address());
        if (peer != null)
        {
            peer.name(told.name());
            memory.changed();
            version++;
            isTellDue = true;
        }
    }

    /**
     * Dials, leaves, tells and keeps what is due.
     *
     * @return amount of work done.
     */
    public int doWork(final long newNowNs)
    {
        nowNs = newNowNs;
        return place == null ? memory.doWork(nowNs, table.all()) :
            hear() + dialler.doWork(nowNs) + tell() + memory.doWork(nowNs, table.all());
    }

    private int hear()
    {
        final String heard = place.takeHeard();
        if (heard == null)
        {
            return 0;
        }
        if (!heard.equals(place.address()) && table.find(heard) == null && table.learn(heard) != null)
        {
            dialler.look();
        }
        return 1;
    }

    private int tell()
    {
        if (!isTellDue && nowNs - nextTellNs < 0)
        {
            return 0;
        }
        isTellDue = false;
        nextTellNs = nowNs + TELL_NS;
        int work = 0;
        for (int i = 0; i < links.size(); i++)
        {
            final PlaceLink link = links.get(i);
            final KnownPeer peer = table.find(link.address());
            if (peer != null)
            {
                peer.roundTripNs(link.link().roundTripNs());
            }
            if (link.isTellDue(version, nowNs))
            {
                if (tell(link))
                {
                    link.onTold(version, nowNs + TELL_NS);
                    work++;
                }
                else
                {
                    isTellDue = true; // no room
                }
            }
        }
        return work;
    }

    /**
     * Own address first, then those of nodes that are known to live, beginning with any.
     */
    private boolean tell(final PlaceLink link)
    {
        message.begin();
        message.add(place.address(), selfName);
        final List<KnownPeer> all = table.all();
        final int start = all.isEmpty() ? 0 : (int)Math.floorMod(os.nextRandom(), (long)all.size());
        boolean hasRoom = true;
        for (int i = 0; i < all.size() && hasRoom; i++)
        {
            final KnownPeer peer = all.get((start + i) % all.size());
            if (peer.id() != link.link().peerId() && isRouted(peer))
            {
                hasRoom = message.add(peer.address(), peer.name());
            }
        }
        return link.link().send(message.buffer(), message.end(links.size(), config.active()));
    }

    private boolean isRouted(final KnownPeer peer)
    {
        final Route route = peer.id() == NodeIds.NONE ? null : routes.route(peer.id());
        return route != null && route.next() != null;
    }

    private void changed()
    {
        version++;
        isTellDue = true;
        dialler.look();
    }

    private PlaceLink find(final Link link)
    {
        for (int i = 0; i < links.size(); i++)
        {
            if (links.get(i).link() == link)
            {
                return links.get(i);
            }
        }
        return null;
    }

    /**
     * Shows how full the table is.
     */
    public void occupancy(final OccupancyVisitor visitor)
    {
        visitor.onTable("known places", table.all().size(), table.max());
    }

    /**
     * Keeps what is known, and ends.
     */
    public void close()
    {
        place = null;
        memory.close(table.all());
    }
}
