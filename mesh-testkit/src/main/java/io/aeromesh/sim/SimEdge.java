package io.aeromesh.sim;

import io.aeromesh.spi.Edge;

/**
 * One end of a generation of a link, whose lanes behave as its shape says.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public final class SimEdge implements Edge
{
    private final Edge inner;
    private final SimLane control;
    private final SimLane data;
    private final SimMedium medium;

    SimEdge(final Edge inner, final LinkShape shape, final SimMedium medium)
    {
        this.inner = inner;
        this.medium = medium;
        control = new SimLane(inner.control(), PacketWatch.LaneKind.CONTROL, shape, medium);
        data = new SimLane(inner.data(), PacketWatch.LaneKind.DATA, shape, medium);
    }

    void down()
    {
        control.down();
        data.down();
    }

    @Override
    public SimLane control()
    {
        return control;
    }

    @Override
    public SimLane data()
    {
        return data;
    }

    /**
     * Tells the generations of a link apart; equal at both ends.
     */
    public String generation()
    {
        return inner.peerAddress().substring(inner.peerAddress().lastIndexOf(' '));
    }

    @Override
    public String peerAddress()
    {
        return inner.peerAddress();
    }

    @Override
    public void close()
    {
        inner.close();
        medium.onClosed(this);
    }
}
