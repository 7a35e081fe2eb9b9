package io.aeromesh.sim;

import io.aeromesh.inproc.InprocMedium;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One end of an in-process link that can die without a word, and onto which bytes can be put that no node would send.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
final class SimMedium implements Medium
{
    private final String nodeName;
    private final InprocMedium inner;
    private Edge edge;

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
        return inner.doWork(nowNs, new EdgeListener()
        {
            @Override
            public void onEdgeUp(final Medium medium, final Edge newEdge)
            {
                edge = newEdge;
                listener.onEdgeUp(SimMedium.this, newEdge);
            }

            @Override
            public void onEdgeDown(final Medium medium, final Edge downEdge, final String reason)
            {
                edge = null;
                listener.onEdgeDown(SimMedium.this, downEdge, reason);
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
