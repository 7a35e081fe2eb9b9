package io.aeromesh.inproc;

import io.aeromesh.ring.RingEdge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import java.util.ArrayList;
import java.util.List;

/**
 * One end of a link between threads.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while an edge stays up or down.
 * Its edges that went down wait for the node to close them; while {@link #LINGERING_MAX} of them do, no further
 * generation begins.
 */
public final class InprocMedium implements Medium, RingEdge.Owner
{
    private static final int LINGERING_MAX = 4;

    private final InprocLink.End end;
    private final InprocEdgeConfig config;
    private final List<RingEdge> lingering = new ArrayList<>();
    private InprocLink.Generation generation;
    private RingEdge edge;
    private boolean isWaiting;
    private boolean isClosed;

    InprocMedium(final InprocLink.End end, final InprocEdgeConfig config)
    {
        this.end = end;
        this.config = config;
    }

    @Override
    public EdgeConfig config()
    {
        return config;
    }

    @Override
    public int doWork(final long nowNs, final EdgeListener listener)
    {
        if (isClosed)
        {
            return 0;
        }
        if (null != edge)
        {
            return checkEdge(listener);
        }
        if (!isWaiting)
        {
            if (lingering.size() >= LINGERING_MAX)
            {
                return 0;
            }
            isWaiting = true;
            end.link.network.ready(end);
        }

        final InprocLink.Generation latest = end.generation;
        if (latest == generation)
        {
            return 0;
        }

        isWaiting = false;
        generation = latest;
        edge = latest.newEdge(this);
        listener.onEdgeUp(this, edge);
        return 1;
    }

    @Override
    public boolean wakesAgent()
    {
        return true;
    }

    @Override
    public void close()
    {
        end("'" + end.nodeName + "' closed");
        for (int i = lingering.size() - 1; i >= 0; i--)
        {
            lingering.get(i).close();
        }
    }

    /**
     * Stops as a thread does that dies: nothing of this end is closed, and the network reports its death to the peer.
     * For tests and the simulator.
     */
    public void abandon()
    {
        end("'" + end.nodeName + "' died");
    }

    @Override
    public void onClosed(final RingEdge closedEdge)
    {
        if (closedEdge == edge)
        {
            generation.life().end("'" + end.nodeName + "' closed the edge");
            generation.peerParking().wake();
            edge = null;
            lingering.add(closedEdge);
        }
    }

    @Override
    public void onReleased(final RingEdge releasedEdge)
    {
        lingering.remove(releasedEdge);
    }

    private int checkEdge(final EdgeListener listener)
    {
        final String failure = edge.failure();
        String reason = generation.life().endReason();
        if (null == reason)
        {
            if (null == failure)
            {
                return 0;
            }
            generation.life().end("'" + end.nodeName + "' found a " + failure);
            generation.peerParking().wake();
            reason = failure;
        }

        final RingEdge downEdge = edge;
        edge = null;
        lingering.add(downEdge);
        downEdge.seal();
        listener.onEdgeDown(this, downEdge, reason);
        return 1;
    }

    private void end(final String reason)
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        if (null != edge)
        {
            lingering.add(edge);
            edge = null;
        }
        end.link.network.leave(end, reason);
    }
}
