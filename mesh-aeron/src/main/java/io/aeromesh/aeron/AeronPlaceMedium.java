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
import java.io.IOException;
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
    /** A peer's stream that carries no edge gives way to one drawn here, where this place dials, in nanoseconds. */
    private static final long REDRAW_NS = TimeUnit.SECONDS.toNanos(1);

    /** Refusals that are under way; others who are refused knock again. */
    private static final int REFUSALS_MAX = 4;
    /** Addresses in a refusal besides that of the place. */
    private static final int REFERRALS_MAX = 3;
    /** Addresses that wait to be taken. */
    private static final int HEARD_MAX = 64;

    private final AeronPlaceEdgeConfig config;
    private final DriverConnection connection;
    private final TransportContext context;
    private final String address;
    private final Door door;
    private final LanDiscovery discovery;
    private final List<String> dialled = new ArrayList<>();
    private final List<PlacePeer> peers = new ArrayList<>();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[KnockFrame.LENGTH_MAX]);
    private final List<Refusal> refusals = new ArrayList<>();
    private final ArrayDeque<String> heard = new ArrayDeque<>();
    private EdgeListener listener;
    private MeshException error;
    private String reportedError = "";
    private long nowNs;
    private long doorRetryNs;
    private long beginRetryNs;
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
        final HostPort parsed = HostPort.parse("address", told);
        if (told.length() > ADDRESS_LENGTH_MAX || !parsed.isNumeric() || parsed.isWildcard() ||
            parsed.isMulticast())
        {
            throw AeronOptions.bad(
                "address", told, "one of a single host, in numbers, of at most " + ADDRESS_LENGTH_MAX + " characters");
        }
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
        final PlacePeer peer = find(other);
        if (peer != null)
        {
            peer.letGo();
        }
    }

    @Override
    public String addressOf(final Edge edge)
    {
        for (final PlacePeer peer : peers)
        {
            if (peer.edge() == edge)
            {
                return peer.address();
            }
        }
        return "";
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

        int workCount = begin() + listen() + refuse() + discover();
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
            }
            else if (peer.isWaitingInVain(nowNs, REDRAW_NS) && !use(peer, freshStream(), true))
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
            peers.forEach(PlacePeer::close);
            peers.clear();
            refusals.forEach(Refusal::close);
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
        final PlacePeer peer = find(medium);
        reportedError = "";
        peer.up(edge);
        listener.onEdgeUp(this, edge);
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge edge, final String reason)
    {
        final PlacePeer peer = find(medium);
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
        refusals.clear();
        peers.forEach(PlacePeer::onClientGone);
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
    public void onNoKnock(final int length, final String source)
    {
        error = new MeshException(ErrorCode.PROTOCOL_VIOLATION, "malformed knock of " + length + " bytes from " +
            source + " at " + address);
    }

    private void onKnock(final String other, final KnockFrame knock)
    {
        final PlacePeer known = find(other);
        if (known == null && peers.size() >= config.edgesMax())
        {
            beginRefusal(other, knock);
        }
        else if (known != null && (known.stream() == knock.stream() || known.isLetGo()))
        {
            known.heard(nowNs); // it knocks until it has its edge
        }
        else if (known != null && known.isStreamOwn() && address.compareTo(other) < 0)
        {
            known.answer();
        }
        else if (isStreamUsed(knock.stream()))
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
        for (final PlacePeer peer : peers)
        {
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

    private void beginRefusal(final String other, final KnockFrame knock)
    {
        for (final Refusal refusal : refusals)
        {
            if (refusal.other.equals(other))
            {
                return;
            }
        }
        if (refusals.size() < REFUSALS_MAX)
        {
            refusals.add(new Refusal(other, knock.stream()));
            error = new MeshException(ErrorCode.PLACE_FULL, "the place " + address + " has " + peers.size() +
                " neighbours, edges-max=" + config.edgesMax() + ": refused node '" + knock.name() + "' at " + other);
        }
    }

    private int refuse()
    {
        final int workCount = refusals.size();
        for (int i = workCount - 1; i >= 0; i--)
        {
            if (refusals.get(i).isDone())
            {
                refusals.remove(i).close();
            }
        }
        return workCount;
    }

    private int discover()
    {
        if (discovery == null)
        {
            return 0;
        }
        final int workCount = discovery.doWork(nowNs);
        final IOException failure = discovery.takeFailure();
        if (failure != null)
        {
            error = new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                "can not announce to " + config.discover() + ": " + failure.getMessage(), failure);
        }
        for (String found = discovery.take(); found != null && heard.size() < HEARD_MAX; found = discovery.take())
        {
            try
            {
                checkAddress(found);
                heard.add(found);
            }
            catch (final MeshException ex)
            {
                error = new MeshException(ErrorCode.PROTOCOL_VIOLATION,
                    "announced to " + config.discover() + ": " + ex.getMessage());
            }
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
            final PlacePeer known = find(other);
            if (known != null && !known.isLetGo())
            {
                known.dialled(true);
                continue;
            }
            final PlacePeer peer = new PlacePeer(other, config.aeron().stream(), nowNs);
            if (known != null || peers.size() >= config.edgesMax() || !use(peer, freshStream(), true))
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

    private int freshStream()
    {
        int stream = 0;
        while (stream < KnockFrame.STREAM_MIN || isStreamUsed(stream))
        {
            stream = (int)context.os().nextRandom() & AeronOptions.STREAM_MAX;
        }
        return stream;
    }

    private boolean isStreamUsed(final int stream)
    {
        for (final PlacePeer peer : peers)
        {
            if (peer.stream() == stream)
            {
                return true;
            }
        }
        return false;
    }

    private PlacePeer find(final String other)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).address().equals(other))
            {
                return peers.get(i);
            }
        }
        return null;
    }

    private PlacePeer find(final Medium medium)
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

    private void report()
    {
        if (connection.client() == null && error == null && connection.failure() instanceof MeshException failure)
        {
            error = failure;
        }
        if (error != null)
        {
            final MeshException found = error;
            error = null;
            if (!reportedError.equals(found.getMessage()))
            {
                reportedError = found.getMessage();
                listener.onMediumError(this, found);
            }
        }
    }

    /**
     * Tells one who knocks at a full place, and where else to knock.
     */
    private final class Refusal
    {
        private final String other;
        private final int stream;
        private final Doorbell bell;
        private final long endNs = nowNs + RETRY_NS;

        Refusal(final String other, final int stream)
        {
            this.other = other;
            this.stream = stream;
            bell = new Doorbell(other, config.aeron().stream());
        }

        boolean isDone()
        {
            try
            {
                return say(bell, KnockFrame.FULL, stream, address + neighbours()) || nowNs - endNs >= 0;
            }
            catch (final AeronException ignore)
            {
                return true; // it knocks again
            }
        }

        /**
         * Some neighbours, each time others.
         */
        private String neighbours()
        {
            final StringBuilder some = new StringBuilder();
            for (int i = 0; i < Math.min(REFERRALS_MAX, peers.size()); i++)
            {
                some.append(KnockFrame.SEPARATOR)
                    .append(peers.get(Math.floorMod(stream / 2 + i, peers.size())).address());
            }
            return some.toString();
        }

        void close()
        {
            bell.close();
        }
    }
}
