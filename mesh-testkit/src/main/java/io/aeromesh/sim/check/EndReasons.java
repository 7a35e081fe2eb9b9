package io.aeromesh.sim.check;

import io.aeromesh.SessionReport;
import java.util.HashSet;
import java.util.Set;

/**
 * {@link Rule#PAUSE_IS_NOT_DEATH}: whether anything has happened in the world by which a session may end. Not how long
 * ago: what is told may have waited.
 */
public final class EndReasons
{
    /** Whether members of the channel may end the sessions of those that are slow. */
    public enum Evictions
    {
        /** They may. */
        POSSIBLE,
        /** They wait. */
        NONE
    }

    private final Findings findings;
    private final Set<String> ends = new HashSet<>();
    private final Set<Close> closes = new HashSet<>();

    /** To a peer, or to all others where there is none. */
    private record Close(String node, String peer)
    {
    }

    /**
     * @param findings to report to.
     */
    public EndReasons(final Findings findings)
    {
        this.findings = findings;
    }

    /**
     * A node was killed or closed.
     */
    public void onNodeEnded(final String node)
    {
        ends.add(node);
    }

    /**
     * A node closes an end to a peer, or opens it anew.
     */
    public void onClosed(final String node, final String peer)
    {
        closes.add(new Close(node, peer));
    }

    /**
     * A node closes its end to all others, those that come later included.
     */
    public void onLeft(final String node)
    {
        closes.add(new Close(node, null));
    }

    private boolean hasClosed(final String node, final String peer)
    {
        return closes.stream().anyMatch(close -> Names.isMeant(node, close.node) &&
            (close.peer == null || Names.isMeant(close.peer, peer)));
    }

    void check(final String node, final String peer, final SessionReport report, final Evictions evictions)
    {
        if (evictions == Evictions.POSSIBLE)
        {
            return; // at the other end it looks as if the channel had been opened anew
        }
        final boolean nodeEnded = ends.stream().anyMatch(ended -> Names.isMeant(peer, ended));
        final boolean peerClosed = hasClosed(peer, node);
        final boolean closed = hasClosed(node, peer);
        final boolean mayEnd = switch (report.reason())
        {
            case PEER_RESTARTED, PEER_DIED -> nodeEnded;
            case CLOSED_BY_PEER, REPLACED_BY_PEER -> nodeEnded || peerClosed;
            case RESET_BY_PEER -> nodeEnded || peerClosed || closed;
            case CLOSED_HERE -> closed || peerClosed;
            case NODE_CLOSED -> ends.contains(node);
            case EVICTED, PROTOCOL_ERROR -> false;
        };
        if (!mayEnd)
        {
            findings.report(Rule.PAUSE_IS_NOT_DEATH, "the session of " + node + " and " + peer +
                " ended, and neither was closed nor died: " + report, node, peer);
        }
    }
}
