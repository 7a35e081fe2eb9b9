package io.aeromesh.internal.session;

import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec.Lifetime;
import io.aeromesh.NodeLimits;
import io.aeromesh.internal.session.ControlDispatcher.Addressee;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.RejectReason;

/**
 * Who takes an Open: an end of that channel with its source or with the source's node, a broadcast channel, or a
 * listener; and what is said where none can.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
final class Opens
{
    private final long selfId;
    private final NodeLimits limits;
    private final SessionTable table;
    private final OpenEnds ends;
    private final Requests requests;
    private final Replies replies;
    private final Named named;

    /**
     * Told of an end of this node that an Open names.
     */
    interface Named
    {
        /**
         * The peer is told if there is no such end.
         */
        void onEnd(long peerId, long endId);
    }

    Opens(
        final long selfId,
        final NodeLimits limits,
        final SessionTable table,
        final OpenEnds ends,
        final Requests requests,
        final Replies replies,
        final Named named)
    {
        this.selfId = selfId;
        this.limits = limits;
        this.table = table;
        this.ends = ends;
        this.requests = requests;
        this.replies = replies;
        this.named = named;
    }

    /**
     * Takes an Open of a source that is known.
     *
     * @return false when nobody here takes it, so that it may be meant for a context of this node.
     */
    boolean onOpen(
        final Destination source, final OpenDecoder open, final String channelName, final Addressee addressee)
    {
        if (open.kind() == ChannelKind.BROADCAST)
        {
            onGroupOpen(ends.group(channelName), source, open, addressee);
            return false; // each context has an end of its own
        }
        final ChannelKey key = new ChannelKey(source.id(), channelName);
        final PeerEnd end = ends.peer(key);
        return end == null && onOpenOfContext(source, open, channelName) || onOpen(end, key, source, open, addressee);
    }

    private void onGroupOpen(
        final GroupEnd group, final Destination source, final OpenDecoder open, final Addressee addressee)
    {
        if (group == null || group.isClosed())
        {
            if (addressee == Addressee.SELF && open.peerEndId() != 0)
            {
                named.onEnd(source.id(), open.peerEndId()); // that one may never have learnt who owes it messages
            }
            return;
        }
        if (addressee == Addressee.HOST)
        {
            group.hear(source, open.instance().high(), open.instance().low(), open.openSequence());
            return;
        }
        final GroupMember member = group.member(source);
        final Session session = member.session;
        if (session.state() != Session.State.ENDED)
        {
            onOpen(session, open);
        }
        member.isHeard |= session.state() == Session.State.ENDED ||
            session.peerEnd() != 0 && session.peerEnd() != open.endId();
    }

    /**
     * A context may answer for its node, where no other does.
     *
     * @return whether a channel to its node is open here.
     */
    private boolean onOpenOfContext(final Destination context, final OpenDecoder open, final String channelName)
    {
        final long nodeId = NodeIds.nodeOf(context.id());
        final PeerEnd end = nodeId == context.id() ? null : ends.peer(new ChannelKey(nodeId, channelName));
        if (end == null || end.isClosed())
        {
            return false;
        }
        final Session session = end.session();
        if (session.state() == Session.State.ENDED)
        {
            end.missOpen();
        }
        else if (session.peer() == context)
        {
            onOpen(session, open);
        }
        else if (session.peerEnd() == 0)
        {
            table.move(session, context);
            onOpen(session, open);
            goHome(session);
        }
        else
        {
            end.missOpen();
        }
        return true;
    }

    /**
     * The session is with no end now: another context may answer for the node.
     */
    private void goHome(final Session session)
    {
        if (session.peerEnd() == 0 && session.state() != Session.State.ENDED &&
            session.owner() instanceof PeerEnd end && end.peer() != session.peer())
        {
            table.move(session, end.peer());
        }
    }

    private boolean onOpen(
        final PeerEnd end,
        final ChannelKey key,
        final Destination source,
        final OpenDecoder open,
        final Addressee addressee)
    {
        if (end != null && !end.isClosed() && end.session().state() != Session.State.ENDED)
        {
            onOpen(end, source, open, addressee); // which may end its session
        }
        else if (end != null)
        {
            end.missOpen();
        }
        if (end != null && (end.session().state() != Session.State.ENDED ||
            end.channel().spec().lifetime() != Lifetime.ONE_SESSION))
        {
            return true;
        }
        final ChannelRequest request = new ChannelRequest(source.name(), key.name(), open.schemaFingerprint());
        if (addressee == Addressee.SELF || requests.isWanted(request))
        {
            final boolean isKept = requests.add(key, open.endId(), request);
            if (!isKept && addressee == Addressee.SELF)
            {
                replies.reject(source, open.endId(), ChannelKind.PROXY, RejectReason.PENDING_TABLE_FULL,
                    limits.pendingRequests(), 0, key.name());
            }
        }
        return end != null;
    }

    /**
     * What came to the host of this context may be meant for another one of its ends, so it ends no session. A session
     * with a context that serves a channel of its node is not ended by an end of the node's own.
     */
    private void onOpen(
        final PeerEnd end, final Destination source, final OpenDecoder open, final Addressee addressee)
    {
        final Session session = end.session();
        if (session.peer() != source && session.peerEnd() != 0)
        {
            end.missOpen();
            return;
        }
        if (session.peer() != source)
        {
            table.move(session, source);
        }
        if (addressee == Addressee.HOST)
        {
            session.leaveUnlessBegun(open);
        }
        if (addressee == Addressee.SELF || session.peerEnd() == 0)
        {
            onOpen(session, open);
        }
        if (session.state() != Session.State.ENDED && session.peerEnd() != 0 && session.peerEnd() != open.endId())
        {
            end.missOpen(); // it stays with the other until that is known to be over
        }
    }

    private void onOpen(final Session session, final OpenDecoder open)
    {
        final SessionOwner owner = session.owner();
        final RejectReason reason = Rejections.check(open, owner, limits.windowLengthMax());
        if (reason == null)
        {
            if (NodeIds.isContext(selfId) && open.peerEndId() != 0 && open.peerEndId() != session.localEnd())
            {
                // perhaps of an instance before this one, which is not told from this one by any route
                named.onEnd(session.peer().id(), open.peerEndId());
            }
            session.onOpen(open);
            return;
        }
        final boolean isSchema = reason == RejectReason.SCHEMA_MISMATCH;
        final long local = isSchema ? owner.schemaFingerprint() : limits.windowLengthMax();
        final long remote = isSchema ? open.schemaFingerprint() : open.windowLength();
        replies.reject(
            session.peer(), open.endId(), owner.kind(), reason, local, remote, owner.channelName());
        owner.onRejected(session, Rejections.here(reason, session, local, remote));
    }

    /**
     * The peer takes no part in a session, or null where that is over.
     */
    void onReject(final Session session, final RejectReason reason, final long theirs, final long ours)
    {
        if (session != null)
        {
            session.onRejected();
            goHome(session);
            session.owner().onRejected(session, Rejections.there(reason, session, ours, theirs));
        }
    }
}
