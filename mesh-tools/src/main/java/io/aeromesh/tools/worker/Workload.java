package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that a worker does beside its node, in the same thread.
 */
interface Workload extends AutoCloseable
{
    /**
     * One short turn.
     *
     * @return amount of work done.
     */
    int doWork();

    /**
     * Adds its counts.
     */
    void describe(ObjectNode json);

    /**
     * Closes its channel.
     */
    @Override
    void close();
}
