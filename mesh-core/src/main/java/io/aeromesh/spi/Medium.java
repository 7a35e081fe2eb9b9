package io.aeromesh.spi;

/**
 * A configured place where edges come into being: one neighbour at a time for a point-to-point link, many for a
 * multicast group. Keeps trying until closed; the peer may appear before or after it, and again after a restart.
 * <p>
 * <b>Threading:</b> agent thread only, after {@link Transport#attach}.
 */
public interface Medium extends AutoCloseable
{
    /**
     * The configuration that it was attached with.
     */
    EdgeConfig config();

    /**
     * Looks for peers, their deaths and returns. Does not poll lanes. Cheap when nothing happens: system calls are
     * made only every so often.
     *
     * @param nowNs    of the node's clock in nanoseconds.
     * @param listener told of edges that came up or went down.
     * @return amount of work done.
     */
    int doWork(long nowNs, EdgeListener listener);

    /**
     * Whether a parked agent is woken by everything that its edges bring, and by their coming and going: through
     * {@link TransportContext#parking()}. Else the agent looks every millisecond. An edge that answers yes also wakes
     * its peer, in {@link Edge#wakePeer()}.
     */
    default boolean wakesAgent()
    {
        return false;
    }

    /**
     * Ends all of its edges without telling the listener, and frees what it holds: files, descriptors, mappings.
     */
    @Override
    void close();
}
