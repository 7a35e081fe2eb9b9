package io.aeromesh.spi;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mapping of shared memory.
 * <p>
 * <b>Threading:</b> any thread closes; nobody may use the buffer after that. <b>Ownership:</b> the mapping lasts until
 * {@link #close()}; nothing else, and no cleaner in the background, ends it.
 */
public interface SharedRegion extends AutoCloseable
{
    /**
     * Under which its creator and the attachers know it; random.
     */
    long id();

    /**
     * The memory, from its first byte to its last; page-aligned. The other side may write it at any time.
     */
    UnsafeBuffer buffer();

    /**
     * Takes the name away, so that nobody else attaches; the creator does it once all have. Idempotent.
     */
    void unlink();

    /**
     * Ends the mapping, and the name at its creator. Idempotent.
     */
    @Override
    void close();
}
