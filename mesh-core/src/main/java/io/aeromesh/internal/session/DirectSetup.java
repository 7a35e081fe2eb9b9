package io.aeromesh.internal.session;

import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.direct.DirectParking;
import io.aeromesh.internal.direct.DirectPipe;
import io.aeromesh.internal.direct.DirectPipe.Role;
import io.aeromesh.internal.direct.Farewell;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.link.Link;
import io.aeromesh.os.Parking;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemory.Scope;
import io.aeromesh.spi.SharedRegion;
import java.util.List;

/**
 * Joins the two ends of one session by memory, if they can share any, else by the direct stream between their nodes, if
 * these can reach each other. Both ends tell their state whenever it or the path has changed:
 * <pre>
 *   both             wanted, tokens of the memories that they have, address for a direct stream
 *   lower name       creates a region, tells its id
 *   higher name      attaches it, tells its id too, and may send in it from then on
 *   lower name       takes the region's name away, and may send in it
 * </pre>
 * An end that can not create or attach says so, the other one forgets the region, and the session does without memory
 * until that end says that it tries again: memory that is free again is no event, so that has a timer. A region that
 * could not be attached is never tried again, as it may be forgotten at the same moment: its end says that it has
 * failed for as long as it is offered that one. While the stream is not up, the session stays on its proxy way.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the region, until it is published to the end's thread.
 */
final class DirectSetup
{
    private static final byte[] NO_ADDRESS = {};
    /** By their values, which count from 0. */
    private static final CloseReason[] CLOSE_REASONS = {CloseReason.CLOSED_BY_PEER, CloseReason.REPLACED,
        CloseReason.EVICTED, CloseReason.PROTOCOL_ERROR, CloseReason.ABANDONED};
    private static final int HANDLE_RECORD_LENGTH = StreamRecord.totalLength(NodeLeases.HANDLE_LENGTH);

    private final Session session;
    private final SessionNode node;
    private final ChannelGate gate;
    private final int ownWindow;
    private final List<SharedMemory> memories;
    private final StreamUse stream;
    private Mode lastMode;
    private int peerWindow;
    private boolean peerKnown;
    private boolean peerWanted;
    private boolean peerFailed;
    private long peerProcessToken;
    private long peerHostToken;
    private long peerRegionId;
    private long order;
    private long peerOrder;
    private SharedMemory memory;
    private SharedRegion region;
    private boolean isPublished;
    /** This end could not create or attach, and it is not time to try again. */
    private boolean isFailed;
    private long refusedRegionId;
    private final RetryTime retry = new RetryTime();
    private ErrorCode reported;
    private boolean hasPeerProcessEnded;
    private boolean isTold;
    private boolean isDue;
    private String reason = "not asked for yet";

    DirectSetup(
        final Session session,
        final SessionNode node,
        final ChannelGate gate,
        final int ownWindow)
    {
        this.session = session;
        this.node = node;
        this.gate = gate;
        this.ownWindow = ownWindow;
        memories = node.memories();
        stream = new StreamUse(session, node, gate);
        lastMode = gate.mode();
    }

    /**
     * By the peer that it is now: a context may have come in the place of its node.
     */
    private Role role()
    {
        return node.self().name().compareTo(session.peer().name()) < 0 ? Role.CREATOR : Role.ATTACHER;
    }

    boolean isWanted()
    {
        return lastMode != Mode.PROXY;
    }

    /**
     * Whether the peer is to forget what it offers.
     */
    boolean isFailed()
    {
        return isFailed || peerRegionId != 0 && peerRegionId == refusedRegionId;
    }

    long processToken()
    {
        return token(Scope.PROCESS);
    }

    long hostToken()
    {
        return token(Scope.HOST);
    }

    long regionId()
    {
        return region == null ? 0 : region.id();
    }

    /**
     * Number of the state that is about to be told.
     */
    long nextOrder()
    {
        return ++order;
    }

    /**
     * Where the peer's node can reach this one for a direct stream, UTF-8; empty: nowhere, or not wanted.
     */
    byte[] address()
    {
        return isWanted() ? stream.ownAddress() : NO_ADDRESS;
    }

    /**
     * The direct stream while this session's packets go along it, else null.
     */
    Link stream()
    {
        return stream.link();
    }

    private long token(final Scope scope)
    {
        for (final SharedMemory candidate : memories)
        {
            if (candidate.scope() == scope)
            {
                return candidate.token();
            }
        }
        return 0;
    }

    // --- events ---

    /**
     * The session is connected.
     *
     * @param window of the peer's stream, in bytes.
     */
    void onConnected(final int window)
    {
        peerWindow = window;
        isDue = true;
        proceed();
    }

    void onPathChanged()
    {
        isDue |= session.state() == Session.State.CONNECTED;
    }

    /**
     * The peer tells its state; an older one that comes later, by another way, says nothing any more.
     */
    void onPeer(final DirectDecoder state)
    {
        if (state.order() <= peerOrder)
        {
            return;
        }
        final boolean wasFailed = isFailed();
        peerOrder = state.order();
        peerKnown = true;
        peerWanted = state.wanted() != 0;
        peerFailed = state.failed() != 0;
        peerProcessToken = state.processToken();
        peerHostToken = state.hostToken();
        peerRegionId = state.regionId();
        isDue |= wasFailed != isFailed();
        stream.peerAddress(state.address());
        if (common() != null && gate.handles() == null && session.state() == Session.State.CONNECTED)
        {
            gate.handles(new HandleWay(gate, session.leasePeer(), session.arenas(), ownWindow / HANDLE_RECORD_LENGTH));
        }
        gate.peerRefusesDirect(!peerWanted);
        proceed();
    }

    /**
     * This end closes: says so in the memory too, where the peer looks when it is told that this process is gone.
     *
     * @param consumed up to where this end has consumed what came by proxy.
     */
    void onClosing(final CloseReason reason, final long consumed)
    {
        if (region != null)
        {
            Farewell.say(region.buffer(), role(), reason.value() + 1, consumed);
        }
    }

    /**
     * How the peer has closed, as far as it has said so in the memory; else null. Only while the session lasts.
     */
    CloseReason peerClose()
    {
        final long word = region == null ? Farewell.NONE : Farewell.reason(region.buffer(), role());
        return word > Farewell.NONE && word <= CLOSE_REASONS.length ? CLOSE_REASONS[(int)word - 1] : null;
    }

    /**
     * Up to where the peer had then consumed what went to it by proxy; after {@link #peerClose()}.
     */
    long peerConsumed()
    {
        return Farewell.position(region.buffer(), role());
    }

    /**
     * The session has ended: what was not published is nobody's.
     */
    void onEnded()
    {
        if (!isPublished)
        {
            closeRegion();
        }
        stream.release();
    }

    /**
     * The process of the peer has ended before both had the memory: nobody will attach it any more. A peer of another
     * host, of which no process is seen here either, has no memory in common with this one.
     */
    void onPeerProcessEnded()
    {
        if (!isPublished && memory != null)
        {
            hasPeerProcessEnded = true;
            reason = "the process of the other end has ended";
            gate.proxyReason(reason);
            closeRegion();
        }
    }

    /**
     * The direct stream between the two nodes is up or down.
     */
    void onStream()
    {
        stream.follow();
    }

    /**
     * This node has another place for direct streams, or none.
     */
    void onPlaceChanged()
    {
        stream.release();
        isDue |= session.state() == Session.State.CONNECTED;
        proceed();
    }

    /**
     * Follows the mode that the application wants, and makes what was asked for, also while there is no way.
     */
    void follow(final long nowNs)
    {
        if (isFailed && retry.isDue(nowNs))
        {
            isFailed = false;
            isDue = session.state() == Session.State.CONNECTED;
            proceed();
        }
        final Mode mode = gate.mode();
        if (mode != lastMode)
        {
            lastMode = mode;
            isTold = false;
            isDue = session.state() == Session.State.CONNECTED;
            proceed();
        }
        if (stream.doWork())
        {
            tellWhyNot();
        }
    }

    /**
     * For how long the agent may sleep: nothing tells of memory that is free again.
     */
    void boundSleep(final long nowNs, final Parking parking)
    {
        if (isFailed)
        {
            parking.noLongerThan(retry.waitNs(nowNs));
        }
    }

    int doWork()
    {
        if (isDue && node.packets().direct(session, this))
        {
            isDue = false;
            return 1;
        }
        return 0;
    }

    // --- the way there ---

    private void proceed()
    {
        if (session.state() != Session.State.CONNECTED || isPublished)
        {
            return;
        }
        if (!isWanted() || peerKnown && !peerWanted)
        {
            reason = isWanted() ? "the other end is in mode PROXY" : "this end is in mode PROXY";
            stream.release();
        }
        else if (peerKnown)
        {
            if (peerFailed)
            {
                isDue |= region != null;
                closeRegion();
                reason = "the other end can not create or attach memory, see its errors";
            }
            else if (!isFailed() && !hasPeerProcessEnded)
            {
                join();
            }
            if (isWithoutMemory())
            {
                stream.want();
            }
        }
        tellWhyNot();
    }

    private boolean isWithoutMemory()
    {
        return isFailed() || peerFailed || hasPeerProcessEnded || memory == null;
    }

    private void join()
    {
        memory = common();
        if (memory == null)
        {
            reason = NodeIds.haveOneUser(node.self().name(), session.peer().name()) ?
                "the two ends share no memory: other hosts, base directories or users" :
                "the two ends run as different users of one host, who share no memory";
            return;
        }
        try
        {
            if (role() == Role.CREATOR)
            {
                create();
            }
            else if (region == null && peerRegionId != 0)
            {
                region = memory.attach(
                    session.peer().name(), peerRegionId, DirectPipe.regionLength(peerWindow, ownWindow));
                announceParkable();
                isDue = true;
                publish();
            }
        }
        catch (final MeshException ex)
        {
            isFailed = true;
            refusedRegionId = role() == Role.ATTACHER ? peerRegionId : 0;
            retry.onFailed();
            isDue = true;
            reason = ex.getMessage();
            report(ex);
        }
    }

    /**
     * Not each attempt: its message has numbers of its own.
     */
    private void report(final MeshException ex)
    {
        if (ex.code() != reported)
        {
            reported = ex.code();
            node.report(ex);
        }
    }

    private void create()
    {
        if (region == null)
        {
            node.watch(session); // so that the memory is given back when the peer dies before it has attached it
            region = memory.create(DirectPipe.regionLength(ownWindow, peerWindow));
            announceParkable();
            isDue = true;
        }
        else if (peerRegionId == region.id())
        {
            region.unlink();
            publish();
        }
    }

    private void announceParkable()
    {
        if (gate.waiter() != null)
        {
            DirectParking.announce(region.buffer(), role());
        }
    }

    private SharedMemory common()
    {
        SharedMemory best = null;
        for (final SharedMemory candidate : memories)
        {
            final long theirs = candidate.scope() == Scope.PROCESS ? peerProcessToken : peerHostToken;
            if (candidate.token() == theirs && (best == null || candidate.scope() == Scope.PROCESS))
            {
                best = candidate;
            }
        }
        return best;
    }

    private void publish()
    {
        isPublished = true;
        stream.release();
        node.watch(session);
        final DirectPipe pipe = DirectPipe.of(region.buffer(), role(), ownWindow, peerWindow, session.peer().name(),
            session.leasePeer());
        gate.direct(new DirectLink(pipe, region, session.arenas(),
            DirectLink.path(memory.scope(), region.buffer().capacity()),
            new DirectParking(region.buffer(), role(), pipe.writer(), node.bell(session))));
    }

    private void closeRegion()
    {
        if (region != null)
        {
            region.close();
            region = null;
        }
    }

    /**
     * Who requires a direct way learns once why there is none.
     */
    private void tellWhyNot()
    {
        final String all = stream.reason().isEmpty() ? reason : reason + "; " + stream.reason();
        gate.proxyReason(all);
        final boolean isHopeless =
            !stream.isUsed() && !stream.isDue() && peerKnown && (!peerWanted || isWithoutMemory());
        if (lastMode == Mode.DIRECT && isHopeless && !isPublished && !isTold)
        {
            isTold = true;
            gate.reject(new MeshException(ErrorCode.DIRECT_UNAVAILABLE, "channel '" +
                session.owner().channelName() + "' to '" + session.peer().name() + "' has mode DIRECT: " + all));
        }
    }
}
