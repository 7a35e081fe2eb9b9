package io.aeromesh.os;

/**
 * A node's hold on its name among the processes of this host. Any thread.
 */
@FunctionalInterface
public interface NameClaim extends AutoCloseable
{
    /**
     * Lets the name go. Idempotent.
     */
    @Override
    void close();
}
