package io.aeromesh.aeron;

import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;

/**
 * One generation of a link. Agent thread only. Owns its two lanes.
 */
final class AeronEdge implements Edge
{
    private final Link link;
    private final AeronLane control;
    private final AeronLane data;
    private final String peerAddress;

    AeronEdge(final Link link, final AeronLane control, final AeronLane data, final String peerAddress)
    {
        this.link = link;
        this.control = control;
        this.data = data;
        this.peerAddress = peerAddress;
    }

    @Override
    public Lane control()
    {
        return control;
    }

    @Override
    public Lane data()
    {
        return data;
    }

    /**
     * {@inheritDoc}
     * <p>
     * Where the media driver has no thread it would send messages in the next duty cycle only. What is on the control
     * lane waits for that: an acknowledgement is in no hurry.
     */
    @Override
    public void wakePeer()
    {
        if (data.takeCommitted())
        {
            link.flush();
        }
    }

    @Override
    public String peerAddress()
    {
        return peerAddress;
    }

    @Override
    public void close()
    {
        link.onEdgeClosed(this);
        control.close();
        data.close();
    }

    void open(final long sendAddress)
    {
        control.open(sendAddress);
        data.open(sendAddress);
    }

    void shut()
    {
        control.shut();
        data.shut();
    }

    @Override
    public String toString()
    {
        return "edge with " + peerAddress;
    }
}
