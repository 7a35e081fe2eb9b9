package io.aeromesh.fake;

import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;

/**
 * An edge with lanes of its own that is another's otherwise.
 * <p>
 * <b>Threading:</b> as the other.
 */
public class ForwardingEdge implements Edge
{
    private final Edge inner;
    private final Lane control;
    private final Lane data;

    /**
     * @param inner   edge that does everything else.
     * @param control lane.
     * @param data    lane.
     */
    public ForwardingEdge(final Edge inner, final Lane control, final Lane data)
    {
        this.inner = inner;
        this.control = control;
        this.data = data;
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

    @Override
    public void wakePeer()
    {
        inner.wakePeer();
    }

    @Override
    public String peerUser()
    {
        return inner.peerUser();
    }

    @Override
    public boolean hasPeerEnded()
    {
        return inner.hasPeerEnded();
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
    }
}
