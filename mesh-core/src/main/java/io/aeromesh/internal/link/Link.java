package io.aeromesh.internal.link;

import io.aeromesh.NodeLimits;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.routing.Neighbour;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.EdgePingDecoder;
import io.aeromesh.protocol.codec.EdgePongDecoder;
import io.aeromesh.protocol.codec.GoodbyeDecoder;
import io.aeromesh.protocol.codec.HelloDecoder;
import io.aeromesh.protocol.codec.MarkDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.PeersDecoder;
import io.aeromesh.protocol.codec.RefuseDecoder;
import io.aeromesh.protocol.codec.RefuseReason;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One generation of an edge, with the handshake by which the two ends name themselves. A link is up when each end has
 * seen its own nonce come back, which shows that the other speaks of this generation and not of an older one, and has
 * marked the data lane: what came there before the mark is of an older generation and is discarded.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while up, except for routing changes.
 */
public final class Link
{
    private static final int ROUTING_LENGTH_MAX = Edge.PACKET_LENGTH_MIN - PacketHeader.LENGTH;

    /**
     * Of a link.
     */
    public enum State
    {
        /** The ends are naming themselves. */
        GREETING,
        /** Packets flow. */
        UP,
        /** The ends will not talk; only a new greeting of the peer changes that. */
        REFUSED,
        /** Over. */
        DOWN
    }

    private final Medium medium;
    private final Edge edge;
    private final LinkPackets packets;
    private final LinkListener listener;
    private final NodeLimits limits;
    private final LinkCost cost;
    private final Lane control;
    private final Lane data;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();
    private final MarkDecoder mark = new MarkDecoder();
    private final RefuseDecoder refusal = new RefuseDecoder();
    private final GoodbyeDecoder goodbye = new GoodbyeDecoder();
    private final EdgePingDecoder ping = new EdgePingDecoder();
    private final EdgePongDecoder pong = new EdgePongDecoder();
    private final UnsafeBuffer routing = new UnsafeBuffer(new byte[ROUTING_LENGTH_MAX]);
    private int routingLength;

    private State state = State.GREETING;
    private long nonce;
    private long peerNonce;
    private boolean helloDue = true;
    private boolean echoSeen;
    private boolean echoSent;
    private boolean markSent;
    private boolean dataOpen;
    private RefuseReason refuseDue;
    private String refuseDetail = "";

    private String peerName = "";
    private long peerId;
    private long peerInstanceHigh;
    private long peerInstanceLow;
    private Neighbour neighbour;

    private long pongDue;
    private boolean isPongDue;
    private long nextPingNs;
    private long heardNs;
    private boolean silent;

    /**
     * @param medium   that it came up on.
     * @param edge     below it.
     * @param nonce    drawn for this generation.
     * @param packets  encoder.
     * @param limits   of the node.
     * @param listener told of its life.
     */
    public Link(
        final Medium medium,
        final Edge edge,
        final long nonce,
        final LinkPackets packets,
        final NodeLimits limits,
        final LinkListener listener)
    {
        this.medium = medium;
        this.edge = edge;
        this.nonce = nonce;
        this.packets = packets;
        this.limits = limits;
        this.listener = listener;
        control = edge.control();
        data = edge.data();
        cost = new LinkCost(medium.config().options().cost());
    }

    /**
     * Lane for control packets.
     */
    public Lane control()
    {
        return control;
    }

    /**
     * Lane for messages.
     */
    public Lane data()
    {
        return data;
    }

    /**
     * Medium that it came up on.
     */
    public Medium medium()
    {
        return medium;
    }

    /**
     * Edge below it.
     */
    public Edge edge()
    {
        return edge;
    }

    /**
     * Name of the neighbour; empty until it has named itself.
     */
    public String peerName()
    {
        return peerName;
    }

    /**
     * Whether the neighbour is a context that another user runs: it speaks for itself alone.
     */
    public boolean isToGuest()
    {
        return !edge.peerUser().isEmpty() && NodeIds.isContext(peerId);
    }

    /**
     * Id of the neighbour.
     */
    public long peerId()
    {
        return peerId;
    }

    /**
     * Upper half of the neighbour's instance.
     */
    public long peerInstanceHigh()
    {
        return peerInstanceHigh;
    }

    /**
     * Lower half of the neighbour's instance.
     */
    public long peerInstanceLow()
    {
        return peerInstanceLow;
    }

    /**
     * This end's nonce of the generation.
     */
    public long nonce()
    {
        return nonce;
    }

    /**
     * What the link is doing.
     */
    public State state()
    {
        return state;
    }

    /**
     * Whether the peer may be up and this end is about to be: what comes now has to wait.
     */
    public boolean isComingUp()
    {
        return state == State.GREETING && echoSeen;
    }

    /**
     * Whether packets on the data lane belong to this generation, and may go on.
     */
    public boolean carriesData()
    {
        return dataOpen && state == State.UP;
    }

    /**
     * Cost for routing.
     */
    public int cost()
    {
        return cost.cost();
    }

    /**
     * Smoothed round trip in nanoseconds, -1 while unmeasured.
     */
    public long roundTripNs()
    {
        return cost.roundTripNs();
    }

    /**
     * Whether the peer has not answered for a while.
     */
    public boolean isSilent()
    {
        return silent;
    }

    /**
     * The routing table's view, null while not up.
     */
    public Neighbour neighbour()
    {
        return neighbour;
    }

    /**
     * Sets the routing table's view.
     */
    public void neighbour(final Neighbour newNeighbour)
    {
        neighbour = newNeighbour;
    }

    /**
     * Sends what is due: greetings, pings, routes.
     *
     * @param nowNs of the node's clock.
     * @param table whose changes are sent to the neighbour.
     * @return amount of work done.
     */
    public int doWork(final long nowNs, final RoutingTable table)
    {
        int work = 0;
        if (refuseDue != null && packets.refuse(control, peerNonce, refuseDue, refuseDetail))
        {
            refuseDue = null;
            work++;
        }
        if (helloDue && packets.hello(control, nonce, peerNonce, edgeName()))
        {
            helloDue = false;
            echoSent = peerNonce != 0;
            work++;
        }
        if (state == State.GREETING && echoSeen && echoSent && !markSent && packets.mark(data, peerNonce))
        {
            markSent = true;
            state = State.UP;
            heardNs = nowNs;
            nextPingNs = nowNs;
            listener.onLinkUp(this);
            work++;
        }
        if (state == State.UP)
        {
            work += flushRoutes(table);
            work += watch(nowNs);
        }
        return work;
    }

    /**
     * For how long nothing is to be done here unless something comes, in nanoseconds.
     */
    public long quietNs(final long nowNs)
    {
        return state == State.UP ? nextPingNs - nowNs : Long.MAX_VALUE;
    }

    private int flushRoutes(final RoutingTable table)
    {
        if (neighbour == null)
        {
            return 0; // a direct stream
        }
        if (routingLength == 0 && table.hasPending(neighbour))
        {
            routingLength = table.flush(neighbour, routing, 0, ROUTING_LENGTH_MAX);
        }
        if (routingLength > 0 && packets.message(control, routing, routingLength))
        {
            routingLength = 0;
            return 1;
        }
        return 0;
    }

    private int watch(final long nowNs)
    {
        int work = 0;
        if (isPongDue && packets.pong(control, pongDue))
        {
            isPongDue = false;
            work++;
        }
        if (nowNs - nextPingNs >= 0 && packets.ping(control, nowNs))
        {
            nextPingNs = nowNs + limits.edgePingNs();
            work++;
        }
        if (!silent && nowNs - heardNs > limits.edgeSilentNs())
        {
            silent = true;
            listener.onLinkSilent(this, true);
        }
        return work;
    }

    /**
     * This process was paused itself: silence until now says nothing about the peer.
     */
    public void onOwnPause(final long nowNs)
    {
        heardNs = nowNs;
    }

    /**
     * Something came on the control lane.
     */
    public void onHeard(final long nowNs)
    {
        heardNs = nowNs;
        if (silent)
        {
            silent = false;
            listener.onLinkSilent(this, false);
        }
    }

    /**
     * Takes a LINK packet's message, which lies in memory that nobody else changes.
     *
     * @param offset of the message header.
     * @param length from there.
     * @throws MeshException PROTOCOL_VIOLATION for a malformed one.
     */
    public void onMessage(final UnsafeBuffer buffer, final int offset, final int length, final long nowNs)
    {
        final int templateId = MessageShape.templateId(buffer, offset, length);
        switch (templateId)
        {
            case RouteUpdateDecoder.TEMPLATE_ID, RouteAckDecoder.TEMPLATE_ID, SequenceRequestDecoder.TEMPLATE_ID ->
            {
                if (state == State.UP)
                {
                    listener.onRoutingPacket(this, buffer, offset, length, templateId);
                }
            }
            default ->
            {
                MessageShape.check(buffer, offset, length, templateId);
                onOwnMessage(buffer, offset, templateId, nowNs);
            }
        }
    }

    private void onOwnMessage(
        final UnsafeBuffer buffer, final int offset, final int templateId, final long nowNs)
    {
        switch (templateId)
        {
            case HelloDecoder.TEMPLATE_ID -> onHello(hello.wrapAndApplyHeader(buffer, offset, messageHeader));
            case MarkDecoder.TEMPLATE_ID ->
                dataOpen |= mark.wrapAndApplyHeader(buffer, offset, messageHeader).nonce() == nonce;
            case RefuseDecoder.TEMPLATE_ID ->
                onRefuse(refusal.wrapAndApplyHeader(buffer, offset, messageHeader));
            case GoodbyeDecoder.TEMPLATE_ID ->
            {
                if (goodbye.wrapAndApplyHeader(buffer, offset, messageHeader).nonce() == peerNonce)
                {
                    greetAgain("closed by " + peerName);
                }
            }
            case EdgePingDecoder.TEMPLATE_ID ->
            {
                pongDue = ping.wrapAndApplyHeader(buffer, offset, messageHeader).correlationId();
                isPongDue = state == State.UP;
            }
            case EdgePongDecoder.TEMPLATE_ID ->
            {
                final long sentNs = pong.wrapAndApplyHeader(buffer, offset, messageHeader).correlationId();
                if (state == State.UP && nowNs - sentNs >= 0)
                {
                    onRoundTrip(nowNs - sentNs);
                }
            }
            case PeersDecoder.TEMPLATE_ID ->
            {
                if (state == State.UP)
                {
                    listener.onPeers(this, buffer, offset);
                }
            }
            default -> throw new MeshException(
                ErrorCode.PROTOCOL_VIOLATION, "templateId=" + templateId + " does not belong on a link");
        }
    }

    /**
     * Sends the peer a message that is encoded already, with its SBE message header.
     *
     * @return false when the link is not up, or has no room now.
     */
    public boolean send(final DirectBuffer message, final int length)
    {
        return state == State.UP && packets.message(control, message, length);
    }

    private void onRoundTrip(final long roundTripNs)
    {
        listener.onRoundTrip(roundTripNs);
        final boolean isFirst = cost.roundTripNs() < 0;
        if (cost.onRoundTrip(roundTripNs))
        {
            listener.onLinkCost(this);
        }
        else if (isFirst)
        {
            listener.onLinkMeasured(this);
        }
    }

    private void onHello(final HelloDecoder greeting)
    {
        if (greeting.nonce() != peerNonce)
        {
            if (state != State.GREETING)
            {
                greetAgain("a new generation of " + peerName + " greets");
            }
            echoSent = false; // this end's nonce stays while greeting, or two ends could chase each other
        }
        else if (state == State.UP && !isWhoGreeted(greeting))
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION,
                "the peer '" + peerName + "' greets as another in one generation: id=" +
                    Long.toHexString(greeting.nodeId()) + ", was " + Long.toHexString(peerId));
        }

        final long echo = greeting.peerNonce();
        peerId = greeting.nodeId();
        peerInstanceHigh = greeting.instance().high();
        peerInstanceLow = greeting.instance().low();
        peerNonce = greeting.nonce();
        peerName = greeting.name();
        final PeerCheck.Refusal refusal = PeerCheck.check(
            greeting, peerName, packets.self(), medium.config().options().peer(), edgeName(),
            edge.peerUser());
        if (refusal != null)
        {
            refuse(refusal);
            return;
        }
        echoSeen = echo == nonce;
        helloDue |= !echoSent;
    }

    /**
     * What others have noted of a link that is up does not change under them.
     */
    private boolean isWhoGreeted(final HelloDecoder greeting)
    {
        return greeting.nodeId() == peerId && greeting.instance().high() == peerInstanceHigh &&
            greeting.instance().low() == peerInstanceLow;
    }

    private void refuse(final PeerCheck.Refusal refusal)
    {
        final boolean first = state != State.REFUSED;
        if (state == State.UP)
        {
            listener.onLinkDown(this, "refused: " + refusal.detail());
        }
        state = State.REFUSED;
        refuseDue = refusal.reason();
        refuseDetail = refusal.detail();
        if (first)
        {
            listener.onLinkRefused(this, new MeshException(refusal.code(), refusal.detail()));
        }
    }

    private void onRefuse(final RefuseDecoder received)
    {
        if (received.peerNonce() == nonce && state != State.REFUSED)
        {
            final RefuseReason reason = received.reason();
            final String detail = received.detail();
            if (state == State.UP)
            {
                listener.onLinkDown(this, "refused by peer: " + detail);
            }
            state = State.REFUSED;
            listener.onLinkRefused(this, new MeshException(
                reason == RefuseReason.DUPLICATE_NAME ? ErrorCode.NAME_TAKEN : ErrorCode.EDGE_REFUSED,
                "refused by peer: " + detail));
        }
    }

    /**
     * The peer began anew on the same edge: so does this end, with a nonce that differs from the last one.
     */
    private void greetAgain(final String reason)
    {
        if (state == State.UP)
        {
            listener.onLinkDown(this, reason);
        }
        state = State.GREETING;
        nonce = nonce * 0x9E3779B97F4A7C15L + 1;
        peerNonce = 0;
        echoSeen = false;
        echoSent = false;
        markSent = false;
        dataOpen = false;
        silent = false;
        routingLength = 0;
        isPongDue = false;
        refuseDue = null;
        helloDue = true;
    }

    /**
     * The edge below has ended, or is being ended by this end.
     */
    public void down(final String reason)
    {
        if (state == State.UP)
        {
            listener.onLinkDown(this, reason);
        }
        state = State.DOWN;
    }

    /**
     * Tells the peer that this end goes, as far as there is room.
     */
    public void goodbye()
    {
        if (state == State.UP)
        {
            packets.goodbye(control, nonce);
        }
    }

    /**
     * Name of the edge that it belongs to.
     */
    public String edgeName()
    {
        return medium.config().name();
    }
}
