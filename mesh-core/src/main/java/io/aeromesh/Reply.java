package io.aeromesh;

import java.time.Duration;

/**
 * An answer that the node's agent is working on.
 *
 * @param <T> of the answer.
 */
public interface Reply<T>
{
    /**
     * Whether {@link #get()} has an answer or an error. Any thread.
     */
    boolean isDone();

    /**
     * The answer.
     *
     * @throws IllegalStateException                when it is not done.
     * @throws io.aeromesh.error.MeshException when the node could not do it.
     */
    T get();

    /**
     * Waits for the answer. Drives the node's duty cycle itself where the node is invoked.
     *
     * @throws io.aeromesh.error.MeshException when there is no answer in time, or the node could not do it.
     */
    T await(Duration bound);
}
