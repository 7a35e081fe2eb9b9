package io.aeromesh.internal.session;

import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import java.nio.charset.StandardCharsets;

/**
 * One session's use of the direct stream to its peer. The stream only replaces the route of the session's packets: the
 * send ring keeps what is not acknowledged, so the end of the stream loses nothing.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
final class StreamUse
{
    private final Session session;
    private final SessionNode node;
    private final ChannelGate gate;
    private String peerAddress = "";
    private boolean isDue;
    private boolean isUsed;
    private Link link;
    private String reason = "";

    StreamUse(final Session session, final SessionNode node, final ChannelGate gate)
    {
        this.session = session;
        this.node = node;
        this.gate = gate;
    }

    /**
     * The stream while it is up and this session's packets go along it, else null.
     */
    Link link()
    {
        return link;
    }

    boolean isDue()
    {
        return isDue;
    }

    boolean isUsed()
    {
        return isUsed;
    }

    /**
     * Why it is not up, for people; empty: it is not wanted.
     */
    String reason()
    {
        return reason;
    }

    byte[] ownAddress()
    {
        return session.peer().stream().ownAddress(node.streams()).getBytes(StandardCharsets.UTF_8);
    }

    void peerAddress(final String address)
    {
        if (!address.equals(peerAddress))
        {
            release();
            peerAddress = address;
        }
    }

    /**
     * The session's packets are to go along the stream. It is made in {@link #doWork}: to make it here could take an
     * older one away from under the poll that has brought the peer's address.
     */
    void want()
    {
        isDue = !isUsed;
    }

    /**
     * @return whether there is another {@link #reason()}.
     */
    boolean doWork()
    {
        if (!isDue)
        {
            return false;
        }
        isDue = false;
        acquire();
        return true;
    }

    private void acquire()
    {
        final PeerStream stream = session.peer().stream();
        final boolean isReachable = !stream.ownAddress(node.streams()).isEmpty();
        if (!isReachable || peerAddress.isEmpty())
        {
            reason =
                (isReachable ? "the other" : "this") + " node has no place for direct streams, an edge with direct=";
        }
        else
        {
            try
            {
                stream.acquire(node.streams(), peerAddress);
                isUsed = true;
                reason = "the direct stream to " + peerAddress + " is not up";
            }
            catch (final MeshException ex)
            {
                reason = ex.getMessage();
                node.report(ex);
            }
        }
        follow();
    }

    void release()
    {
        isDue = false;
        reason = "";
        if (isUsed)
        {
            isUsed = false;
            final PeerStream stream = session.peer().stream();
            stream.release();
            if (stream.isUnused())
            {
                node.onStreamUnused(session.peer());
            }
        }
        follow();
    }

    /**
     * Looks whether the stream is up, and whether it ends at that instance of the peer which this session is with.
     */
    void follow()
    {
        final Link up = isUsed ? session.peer().stream().link() : null;
        final Link now = up != null && up.peerInstanceHigh() == session.peerInstanceHigh() &&
            up.peerInstanceLow() == session.peerInstanceLow() ? up : null;
        if (now != link)
        {
            link = now;
            gate.stream(now == null ? null :
                "the two ends share no memory, their nodes have a direct stream: " + now.edge().peerAddress());
        }
    }
}
