package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.JoinableMedium;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A place over UDP. Who dials draws a stream id, makes the streams of an edge with the other's address, and knocks at
 * its door until that edge is up; who hears a knock makes the other end of the same streams. From then on it is an edge
 * to one neighbour as any other, which is what tells of its end.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while nobody comes or goes. <b>Owns:</b> the peers and
 * the door; the connection belongs to the transport.
 */
final class AeronPlaceMedium implements JoinableMedium, EdgeListener, Door.Listener, ClientUser
{
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    /** Between two reports, the later of which is the latest, as strangers can call forth many, in nanoseconds. */
    private static final long REPORT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A peer's stream that carries no edge gives way to one drawn here, where this place dials, in nanoseconds. */
    private static final long REDRAW_NS = TimeUnit.SECONDS.toNanos(1);
    /** Addresses that wait to be taken. */
    private static final int HEARD_MAX = 64;

    private final AeronPlaceEdgeConfig config;
    private final DriverConnection connection;
    private final TransportContext context;
    private final String address;
    private final Door door;
    private final LanDiscovery discovery;
    private final List<String> dialled = new ArrayList<>();
    private final PlacePeers peers;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[KnockFrame.LENGTH_MAX]);
    private final PlaceRefusals refusals;
    private final ArrayDeque<String> heard = new ArrayDeque<>();
    private EdgeListener listener;
    private MeshException error;
    private String reportedError = "";
    private long nowNs;
    private long nextReportNs;
    private long doorRetryNs;
    private long beginRetryNs;
    private boolean hasReported;
    private boolean isDoorRefused;
    private boolean isBeginDue;
    private boolean isBeginDelayed;
    private boolean isAdded;
    private boolean isClosed;

    AeronPlaceMedium(
        final AeronPlaceEdgeConfig config,
        final PlaceAddresses addresses,
        final DriverConnection connection,
        final TransportContext context)
    {
        this.config = config;
        this.connection = connection;
        this.context = context;
        address = addresses.own();
        peers = new PlacePeers(context.os());
        refusals = new PlaceRefusals(address, config.aeron().stream(), peers, this::say);
        door = new Door(address, config.aeron().stream(), this);
        discovery = config.discover().isEmpty() ? null : new LanDiscovery(
            config.discover(), address, NodeIds.idOf(context.meshName()), context.os());
        addresses.join().forEach(this::dial);
    }

    @Override
    public EdgeConfig config()
    {
        return config;
    }

    @Override
    public String address()
    {
        return address;
    }

    @Override
    public void checkAddress(final String told)
    {
        PlaceAddresses.check(told);
    }

    @Override
    public void dial(final String other)
    {
        if (!other.equals(address) && !dialled.contains(other))
        {
            dialled.add(other);
            isBeginDue = true;
            isBeginDelayed = false;
        }
    }

    @Override
    public void hangUp(final String other)
    {
        dialled.remove(other);
        final PlacePeer peer = peers.find(other);
        if (peer != null)
        {
            peer.letGo();
        }
    }

    @Override
    public String addressOf(final Edge edge)
    {
        return peers.addressOf(edge);
    }

    @Override
    public String takeHeard()
    {
        return heard.poll();
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
        if (!isAdded)
        {
            isAdded = true;
            connection.add(this);
        }

        int workCount = begin() + listen() + refusals.doWork(nowNs) + discover();
        for (int i = peers.size() - 1; i >= 0; i--)
        {
            final PlacePeer peer = peers.get(i);
            workCount += peer.doWork(nowNs, this);
            if (isClosed)
            {
                return workCount; // by the listener
            }
            workCount += peer.isKnockDue(nowNs) ? knock(peer) : 0;
            if (peer.isLetGo() || peer.isForgotten(nowNs))
            {
                peers.remove(peer);
                tellEnd(peer, "given up");
                peer.close();
                if (isClosed)
                {
                    return workCount;
                }
            }
            else if (peer.isWaitingInVain(nowNs, REDRAW_NS) && !use(peer, peers.freshStream(), true))
            {
                peer.down(nowNs); // later
            }
        }
        report();
        return workCount;
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            peers.close();
            refusals.close();
            door.close();
            if (discovery != null)
            {
                discovery.close();
            }
            connection.remove(this);
        }
    }

    // --- of the edges of peers ---

    @Override
    public void onEdgeUp(final Medium medium, final Edge edge)
    {
        final PlacePeer peer = peers.of(medium);
        reportedError = "";
        peer.up(edge);
        listener.onEdgeUp(this, edge);
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge edge, final String reason)
    {
        final PlacePeer peer = peers.of(medium);
        if (peer.edge() == edge)
        {
            peer.down(nowNs);
        }
        listener.onEdgeDown(this, edge, reason);
    }

    @Override
    public void onMediumError(final Medium medium, final Throwable mediumError)
    {
        listener.onMediumError(this, mediumError);
    }

    @Override
    public void onClientGone()
    {
        door.onClientGone();
        refusals.onClientGone();
        peers.onClientGone();
    }

    // --- of the door ---

    @Override
    public void onKnock(final KnockFrame knock)
    {
        final String[] addresses = knock.addresses();
        final String other = addresses[0];
        try
        {
            for (final String told : addresses)
            {
                checkAddress(told);
            }
        }
        catch (final MeshException ex)
        {
            error = new MeshException(ErrorCode.PROTOCOL_VIOLATION,
                "node '" + knock.name() + "' knocks at " + address + ": " + ex.getMessage());
            return;
        }
        if (knock.type() == KnockFrame.FULL)
        {
            onFull(knock, addresses);
        }
        else if (!other.equals(address))
        {
            onKnock(other, knock);
        }
    }

    @Override
    public void onNoKnock(final String what)
    {
        error = new MeshException(ErrorCode.PROTOCOL_VIOLATION, "malformed knock: " + what + " at " + address);
    }

    private void onKnock(final String other, final KnockFrame knock)
    {
        final PlacePeer known = peers.find(other);
        if (known == null && peers.size() >= config.edgesMax())
        {
            if (refusals.begin(other, knock.stream(), nowNs))
            {
                error = new MeshException(ErrorCode.PLACE_FULL, "the place " + address + " has " + peers.size() +
                    " neighbours, edges-max=" + config.edgesMax() + ": refused node '" + knock.name() + "' at " +
                    other);
            }
        }
        else if (known != null && (known.stream() == knock.stream() || known.isLetGo()))
        {
            known.heard(nowNs); // it knocks until it has its edge
        }
        else if (known != null && known.isStreamOwn() && address.compareTo(other) < 0)
        {
            known.answer();
        }
        else if (peers.isStreamUsed(knock.stream()))
        {
            error = new MeshException(ErrorCode.PROTOCOL_VIOLATION, "node '" + knock.name() + "' at " + other +
                " knocks with stream " + knock.stream() + ", which another neighbour of " + address + " has");
        }
        else
        {
            final PlacePeer peer = known != null ? known : new PlacePeer(other, config.aeron().stream(), nowNs);
            if (use(peer, knock.stream(), false) && known == null)
            {
                peers.add(peer);
            }
        }
    }

    private void onFull(final KnockFrame answer, final String[] addresses)
    {
        boolean isAnswer = false;
        for (int i = 0; i < peers.size(); i++)
        {
            final PlacePeer peer = peers.get(i);
            if (peer.isStreamOwn() && peer.stream() == answer.stream() && peer.edge() == null)
            {
                isAnswer = true;
                peer.refused(nowNs);
                error = new MeshException(ErrorCode.PLACE_FULL,
                    "the place " + peer.address() + " of node '" + answer.name() + "' is full");
            }
        }
        for (int i = 1; isAnswer && i < addresses.length && heard.size() < HEARD_MAX; i++)
        {
            heard.add(addresses[i]);
        }
    }

    private int discover()
    {
        if (discovery == null)
        {
            return 0;
        }
        final int workCount = discovery.doWork(nowNs);
        final MeshException failure = discovery.takeFailure();
        error = failure != null ? failure : error;
        for (String found = discovery.take(); found != null && heard.size() < HEARD_MAX; found = discovery.take())
        {
            heard.add(found);
        }
        return workCount;
    }

    private int listen()
    {
        if (isDoorRefused && nowNs - doorRetryNs < 0)
        {
            return 0;
        }
        try
        {
            isDoorRefused = false;
            return door.poll(connection.client());
        }
        catch (final AeronException ex)
        {
            isDoorRefused = true;
            doorRetryNs = nowNs + DriverSettings.CHECK_INTERVAL_NS;
            note(ex);
            return 1;
        }
    }

    /**
     * Begins with what is dialled and has no streams yet.
     */
    private int begin()
    {
        if (!isBeginDue || isBeginDelayed && nowNs - beginRetryNs < 0)
        {
            return 0;
        }
        isBeginDue = false;
        isBeginDelayed = false;
        for (int i = 0; i < dialled.size(); i++)
        {
            final String other = dialled.get(i);
            final PlacePeer known = peers.find(other);
            if (known != null && !known.isLetGo())
            {
                known.dialled(true);
                continue;
            }
            final PlacePeer peer = new PlacePeer(other, config.aeron().stream(), nowNs);
            if (known != null || peers.size() >= config.edgesMax() || !use(peer, peers.freshStream(), true))
            {
                isBeginDue = true;
                isBeginDelayed = known == null;
                beginRetryNs = nowNs + RETRY_NS;
            }
            else
            {
                peer.dialled(true);
                peers.add(peer);
            }
        }
        return 1;
    }

    /**
     * Makes the streams of an edge with a peer, in place of those that were.
     *
     * @return false when there is no memory for them, which has been noted.
     */
    private boolean use(final PlacePeer peer, final int stream, final boolean isOwn)
    {
        final AeronOptions own = config.aeron();
        final AeronUdpEdgeConfig edge = new AeronUdpEdgeConfig(address, peer.address(), stream,
            new AeronOptions(own.driver(), own.dir(), stream, own.termLength(), own.mtu()),
            new EdgeOptions("", "", config.options().cost()));
        try
        {
            DriverDirectories.checkSpace(
                connection.dir(), AeronTransport.lengthOf(edge), "neighbour at " + peer.address());
        }
        catch (final MeshException ex)
        {
            error = ex;
            return false;
        }
        tellEnd(peer, "the place at " + peer.address() + " begins anew");
        if (isClosed)
        {
            return false; // by the listener
        }
        peer.begin(new AeronMedium(edge, connection, context), stream, isOwn, nowNs);
        return true;
    }

    /**
     * The streams go without a word of their own.
     */
    private void tellEnd(final PlacePeer peer, final String reason)
    {
        final Edge edge = peer.edge();
        if (edge != null)
        {
            peer.down(nowNs);
            listener.onEdgeDown(this, edge, reason);
        }
    }

    private int knock(final PlacePeer peer)
    {
        try
        {
            if (say(peer.bell(), KnockFrame.KNOCK, peer.stream(), address))
            {
                peer.knocked(nowNs);
                return 1;
            }
        }
        catch (final AeronException ex)
        {
            peer.failed(nowNs);
            note(ex);
        }
        return 0;
    }

    /**
     * A client that ends is looked after by the connection; what the driver refuses, somebody has to mend.
     */
    private void note(final AeronException ex)
    {
        if (ex instanceof RegistrationException refused)
        {
            error = AeronMedium.explain(config, refused);
        }
    }

    private boolean say(final Doorbell bell, final int type, final int stream, final String addresses)
    {
        final int length = KnockFrame.encode(frame, type, stream, addresses, context.nodeName());
        return bell.say(connection.client(), frame, length);
    }

    private void report()
    {
        if (connection.client() == null && error == null && connection.failure() instanceof MeshException failure)
        {
            error = failure;
        }
        if (error != null && (!hasReported || nowNs - nextReportNs >= 0))
        {
            hasReported = true;
            nextReportNs = nowNs + REPORT_NS;
            final MeshException found = error;
            error = null;
            if (!reportedError.equals(found.getMessage()))
            {
                reportedError = found.getMessage();
                listener.onMediumError(this, found);
            }
        }
    }
}
