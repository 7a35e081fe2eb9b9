package io.aeromesh.status;

/**
 * Is shown how full the bounded tables and queues of a node are.
 */
@FunctionalInterface
public interface OccupancyVisitor
{
    /**
     * One table or queue.
     *
     * @param what  it holds.
     * @param used  entries.
     * @param limit of entries.
     */
    void onTable(String what, int used, int limit);
}
