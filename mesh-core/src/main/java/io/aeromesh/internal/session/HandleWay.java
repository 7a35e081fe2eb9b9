package io.aeromesh.internal.session;

import io.aeromesh.Lease;
import io.aeromesh.MessageSink;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.SentLeases;

/**
 * How leases go by a session's proxy way where its two ends share memory: as handles.
 * <p>
 * <b>Threading:</b> the end's thread, until it has let go; then the agent takes back what was not consumed.
 */
final class HandleWay
{
    private final ChannelGate gate;
    private final LeasePeer peer;
    private final ArenaSetup arenas;
    private final SentLeases sent;
    private volatile boolean isUsed;

    /**
     * @param gate     of the end.
     * @param peer     that the session is with.
     * @param arenas   that makes it attach.
     * @param countMax handles outstanding at most.
     */
    HandleWay(final ChannelGate gate, final LeasePeer peer, final ArenaSetup arenas, final int countMax)
    {
        this.gate = gate;
        this.peer = peer;
        this.arenas = arenas;
        sent = new SentLeases(peer, countMax);
    }

    /**
     * Hands a lease over, if the peer can be attached to its memory.
     *
     * @return as {@link MessageSink#transfer}, or {@link NodeLeases#NOT_ATTACHED} when its bytes must be copied.
     */
    long transfer(final Lease lease, final SendStream stream)
    {
        if (!peer.leases().isForwardable(lease))
        {
            return NodeLeases.NOT_ATTACHED;
        }
        if (arenas.isWatched() && peer.leases().isAttached(lease, peer.instanceHigh(), peer.instanceLow()))
        {
            isUsed = true; // before the look at what closes the end: the agent does it the other way round
            if (gate.isCloseRequested())
            {
                return MessageSink.CLOSED;
            }
            final long position = stream.handOver(lease, sent);
            return position == NodeLeases.NOT_ATTACHED ? MessageSink.BACK_PRESSURED : position; // it has just died
        }
        return arenas.ask(peer.leases().addressOf(lease)) == ArenaSetup.Answer.REFUSED ?
            NodeLeases.NOT_ATTACHED : MessageSink.BACK_PRESSURED;
    }

    /**
     * Whether there may be something to take back. Any thread.
     */
    boolean isUsed()
    {
        return isUsed;
    }

    /**
     * Takes back what the peer has not consumed. After the end's thread has let go.
     */
    void takeBack()
    {
        sent.takeBack();
    }
}
