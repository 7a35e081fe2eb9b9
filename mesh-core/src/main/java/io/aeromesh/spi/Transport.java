package io.aeromesh.spi;

/**
 * A provider's state within one node: what its media share, such as a media driver.
 */
public interface Transport extends AutoCloseable
{
    /**
     * Attaches a medium. Whatever can fail for good fails here, with a
     * {@link io.aeromesh.error.MeshException}: a directory not writable, a port in use, too little memory.
     * <p>
     * <b>Threading:</b> any thread, one at a time; the returned medium belongs to the agent thread.
     *
     * @param config made by this provider.
     * @return the medium, which is closed by the node.
     */
    Medium attach(EdgeConfig config);

    /**
     * Duty of the shared state, such as invoking an embedded driver. Agent thread.
     *
     * @param nowNs of the node's clock in nanoseconds.
     * @return amount of work done.
     */
    int doWork(long nowNs);

    /**
     * Frees the shared state. Called on the agent thread after all media were closed.
     */
    @Override
    void close();
}
