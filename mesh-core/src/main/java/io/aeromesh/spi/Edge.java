package io.aeromesh.spi;

/**
 * One generation of a bidirectional link to one neighbour. An edge is reliable and ordered from its
 * {@link EdgeListener#onEdgeUp} to its {@link EdgeListener#onEdgeDown}; after that it stays down for ever, and a
 * restored link is a new {@code Edge}.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
public interface Edge
{
    /**
     * Every lane must carry packets of this length, in bytes: control packets are never longer.
     */
    int PACKET_LENGTH_MIN = 1024;

    /**
     * Lane for routing, acknowledgements and liveness. Data can not delay it.
     */
    Lane control();

    /**
     * Lane for messages.
     */
    Lane data();

    /**
     * Wakes the agent at the other end if it is parked and something was committed since the last call, and sends that
     * on where this end's thread has to do so. Once in each duty cycle, after all commits; nothing where the other end
     * does not park and what is committed goes by itself.
     */
    default void wakePeer()
    {
    }

    /**
     * User that runs the process at the other end, where the kernel says that it is another than this process's; else
     * empty.
     */
    default String peerUser()
    {
        return "";
    }

    /**
     * Whether the kernel has said, when the edge went down, that the process at the other end is gone, or has let go of
     * it without a word, as no process does that lives. False where this is not known.
     */
    default boolean hasPeerEnded()
    {
        return false;
    }

    /**
     * Says where the other end is, for people: a path, an endpoint, a session.
     */
    String peerAddress();

    /**
     * Ends this generation from this side. Idempotent. What was committed may still reach the peer, which then sees
     * its edge go down. No {@link EdgeListener#onEdgeDown} follows for it at this end.
     */
    void close();
}
