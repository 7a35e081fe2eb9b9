package io.aeromesh.sim;

import io.aeromesh.inproc.InprocMedium;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One end of an in-process link that can die without a word, be lost with what is under way, be cut, or behave as its
 * {@link #shape} says, and onto which bytes can be put that no node would send.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public final class SimMedium implements Medium
{
    private final String nodeName;
    private final InprocMedium inner;
    private final SimNetwork network;
    private final LinkShape shape;
    private final String peerName;
    private final String edgeName;
    private final EdgeListener events = new Events();
    private EdgeListener owner;
    private SimEdge simEdge;
    private Edge edge;
    private boolean isLossDue;
    private boolean isCut;
    private boolean isAbandoned;

    SimMedium(final String nodeName, final InprocMedium inner, final SimNetwork network)
    {
        this.nodeName = nodeName;
        this.inner = inner;
        this.network = network;
        shape = network.newShape();
        peerName = inner.config().options().peer();
        edgeName = inner.config().name();
    }

    /**
     * Name of the node at this end.
     */
    public String nodeName()
    {
        return nodeName;
    }

    /**
     * Name of the only node that may be at the other end; empty: any.
     */
    public String peerName()
    {
        return peerName;
    }

    /**
     * Name of the edge.
     */
    public String edgeName()
    {
        return edgeName;
    }

    /**
     * Whether this is the end of a direct stream, which the routes know nothing of.
     */
    public boolean isStream()
    {
        return inner.config().options().name().isEmpty() && edgeName.contains("-");
    }

    /**
     * How what comes to this end behaves, and what this end claims.
     */
    public LinkShape shape()
    {
        return shape;
    }

    /**
     * The generation that is up at this end, or null.
     */
    public SimEdge edge()
    {
        return isAbandoned ? null : simEdge;
    }

    SimClock clock()
    {
        return network.clock();
    }

    PacketWatch watch()
    {
        return network.watch();
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
            forget();
            lost.close(); // with what has come and was not read
            listener.onEdgeDown(this, lost, "lost");
        }
        isLossDue = false;
        owner = listener;
        return isCut ? 0 : inner.doWork(nowNs, events);
    }

    /** Stands between the link and the node. */
    private final class Events implements EdgeListener
    {
        @Override
        public void onEdgeUp(final Medium medium, final Edge newEdge)
        {
            simEdge = new SimEdge(newEdge, shape, SimMedium.this);
            edge = network.wrap().wrap(SimMedium.this, simEdge);
            owner.onEdgeUp(SimMedium.this, edge);
        }

        @Override
        public void onEdgeDown(final Medium medium, final Edge downEdge, final String reason)
        {
            final Edge down = edge;
            if (simEdge != null)
            {
                simEdge.down();
            }
            forget();
            owner.onEdgeDown(SimMedium.this, down, reason);
        }

        @Override
        public void onMediumError(final Medium medium, final Throwable error)
        {
            owner.onMediumError(SimMedium.this, error);
        }
    }

    private void forget()
    {
        edge = null;
        simEdge = null;
    }

    void onClosed(final SimEdge closed)
    {
        simEdge = simEdge == closed ? null : simEdge;
    }

    void abandon()
    {
        isAbandoned = true;
        inner.abandon();
    }

    /**
     * Nothing is wrong with this end any more: what is under way comes within the link's usual delay.
     */
    public void heal()
    {
        cut(false);
        shape.heal();
        if (simEdge != null)
        {
            simEdge.control().hurry();
            simEdge.data().hurry();
        }
    }

    /**
     * Ends the edge with what is under way to this end; another one can begin.
     */
    public void lose()
    {
        isLossDue = true;
    }

    /**
     * Ends the edge as {@link #lose} does, and none begins for as long as it is cut.
     */
    public void cut(final boolean newCut)
    {
        isLossDue |= newCut;
        isCut = newCut;
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
        isAbandoned = true;
        inner.close();
    }
}
