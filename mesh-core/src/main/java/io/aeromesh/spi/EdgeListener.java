package io.aeromesh.spi;

/**
 * Told of edges by {@link Medium#doWork}. Called on the agent thread.
 */
public interface EdgeListener
{
    /**
     * A new generation has both lanes in both directions.
     */
    void onEdgeUp(Medium medium, Edge edge);

    /**
     * A generation has ended: the peer closed it or died, or the medium lost something that it can not repair.
     * Packets committed by the peer before its end can still be polled until {@link Edge#close()}.
     *
     * @param reason for people, with values.
     */
    void onEdgeDown(Medium medium, Edge edge, String reason);

    /**
     * Something is wrong that does not end an edge by itself, such as a driver that is not there yet. Repeated causes
     * should be reported once.
     */
    void onMediumError(Medium medium, Throwable error);
}
