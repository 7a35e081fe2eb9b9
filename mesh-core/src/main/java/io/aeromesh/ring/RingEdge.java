package io.aeromesh.ring;

import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;

/**
 * An edge over four rings: two lanes, each with a ring for either direction.
 * <p>
 * States: open; sealed (the peer is gone: what it committed can be polled, and claims return {@link Lane#CLOSED});
 * closed (claims return {@link Lane#CLOSED}, polls find nothing, no memory is touched).
 * <p>
 * <b>Threading:</b> agent thread only. <b>Ownership:</b> the memory of the rings is given back through
 * {@link Owner#onReleased}, once, on the agent thread: in {@link #close()}, or, when that was called from within a
 * handler or with a claim outstanding, as soon as the poll returns or the claim is committed or aborted. So no one is
 * ever left with a view of memory that is gone.
 */
public final class RingEdge implements Edge
{
    /**
     * Told of an edge's end by this side. Called on the agent thread.
     */
    public interface Owner
    {
        /**
         * This side has closed the edge: tell the peer. Called once.
         */
        void onClosed(RingEdge edge);

        /**
         * No one uses the memory of the rings any more: free it. Called once, after {@link #onClosed}.
         */
        void onReleased(RingEdge edge);
    }

    private final RingLane control;
    private final RingLane data;
    private final String peerAddress;
    private final Owner owner;
    private Runnable peerBell;
    private String peerUser = "";
    private boolean hasPeerEnded;
    private long toldTail;
    private boolean isClosed;
    private boolean isReleased;
    private String failure;

    /**
     * Joins two lanes.
     *
     * @param control     lane.
     * @param data        lane.
     * @param peerAddress for people.
     * @param owner       of the memory.
     */
    public RingEdge(final RingLane control, final RingLane data, final String peerAddress, final Owner owner)
    {
        this.control = control;
        this.data = data;
        this.peerAddress = peerAddress;
        this.owner = owner;
        control.edge(this);
        data.edge(this);
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
     * The peer parks: from now on this wakes it, once in each duty cycle that committed something.
     *
     * @param bell that publishes nothing itself: a full fence, a look whether the peer is parked, and if so a wake-up.
     */
    public void peerBell(final Runnable bell)
    {
        peerBell = bell;
    }

    /**
     * The peer is a process of another user.
     */
    public void peerUser(final String user)
    {
        peerUser = user;
    }

    @Override
    public String peerUser()
    {
        return peerUser;
    }

    /**
     * The kernel says that the peer's process is gone.
     */
    public void onPeerEnded()
    {
        hasPeerEnded = true;
    }

    @Override
    public boolean hasPeerEnded()
    {
        return hasPeerEnded;
    }

    @Override
    public void wakePeer()
    {
        if (null == peerBell || isClosed)
        {
            return;
        }
        final long tail = control.tail() + data.tail();
        if (tail != toldTail)
        {
            toldTail = tail;
            peerBell.run();
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
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        control.close();
        data.close();
        owner.onClosed(this);
        onLaneIdle();
    }

    /**
     * The peer is gone. What it committed can still be polled; nothing can be claimed.
     */
    public void seal()
    {
        control.seal();
        data.seal();
    }

    /**
     * Whether this side has closed it.
     */
    public boolean isClosed()
    {
        return isClosed;
    }

    /**
     * What the peer did to the rings that ends this edge, or null.
     */
    public String failure()
    {
        return failure;
    }

    /**
     * Bytes that went through either lane, either way. Says cheaply whether the edge was used.
     */
    public long traffic()
    {
        return control.traffic() + data.traffic();
    }

    @Override
    public String toString()
    {
        return "RingEdge{" + peerAddress + "}";
    }

    void onLaneFailure()
    {
        if (null == failure)
        {
            failure = null != control.failure() ?
                "corrupt control ring: " + control.failure() : "corrupt data ring: " + data.failure();
            seal();
        }
    }

    void onLaneIdle()
    {
        if (isClosed && !isReleased && control.isIdle() && data.isIdle())
        {
            isReleased = true;
            owner.onReleased(this);
        }
    }
}
