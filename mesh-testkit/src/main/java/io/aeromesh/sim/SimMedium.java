package io.aeromesh.sim;

import io.aeromesh.inproc.InprocMedium;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One end of an in-process link that can die without a word, be lost with what is under way, or be cut, and onto which
 * bytes can be put that no node would send.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
final class SimMedium implements Medium
{
    private final String nodeName;
    private final InprocMedium inner;
    private Edge edge;
    private boolean isLossDue;
    private boolean isCut;
    private boolean isDeaf;

    SimMedium(final String nodeName, final InprocMedium inner)
    {
        this.nodeName = nodeName;
        this.inner = inner;
    }

    String nodeName()
    {
        return nodeName;
    }

    @Override
    public EdgeConfig config()
    {
        return inner.config();
    }

    @Override
    public int doWork(final long nowNs, final EdgeListener listener)
    {
        if (isLossDue && edge != null)
        {
            final Edge lost = edge;
            edge = null;
            lost.close(); // with what has come and was not read
            listener.onEdgeDown(this, lost, "lost");
        }
        isLossDue = false;
        return isCut ? 0 : inner.doWork(nowNs, new EdgeListener()
        {
            @Override
            public void onEdgeUp(final Medium medium, final Edge newEdge)
            {
                edge = new SimEdge(newEdge, () -> isDeaf);
                listener.onEdgeUp(SimMedium.this, edge);
            }

            @Override
            public void onEdgeDown(final Medium medium, final Edge downEdge, final String reason)
            {
                final Edge down = edge;
                edge = null;
                listener.onEdgeDown(SimMedium.this, down, reason);
            }

            @Override
            public void onMediumError(final Medium medium, final Throwable error)
            {
                listener.onMediumError(SimMedium.this, error);
            }
        });
    }

    void abandon()
    {
        inner.abandon();
    }

    /**
     * Ends the edge with what is under way to this end; another one can begin.
     */
    void lose()
    {
        isLossDue = true;
    }

    /**
     * Ends the edge as {@link #lose} does, and none begins for as long as it is cut.
     */
    void cut(final boolean newCut)
    {
        isLossDue |= newCut;
        isCut = newCut;
    }

    /**
     * While this end is deaf nothing comes to it; what comes waits.
     */
    void deafen(final boolean newDeaf)
    {
        isDeaf = newDeaf;
    }

    boolean put(final byte[] packet, final boolean onControlLane)
    {
        final Lane lane = edge == null ? null : onControlLane ? edge.control() : edge.data();
        final int offset = lane == null ? -1 : lane.tryClaim(packet.length);
        if (offset < 0)
        {
            return false;
        }
        lane.buffer().putBytes(offset, new UnsafeBuffer(packet), 0, packet.length);
        lane.commit();
        return true;
    }

    @Override
    public void close()
    {
        inner.close();
    }
}
