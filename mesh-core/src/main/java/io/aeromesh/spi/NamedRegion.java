package io.aeromesh.spi;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A region for those who provide shared memory: they say how its name is taken away, and how it is unmapped.
 */
public final class NamedRegion implements SharedRegion
{
    private final long id;
    private final UnsafeBuffer buffer;
    private final Runnable unlink;
    private final Runnable unmap;

    /**
     * A region that is mapped.
     *
     * @param id     under which it is known.
     * @param buffer of the memory; wraps nothing once the region is closed.
     * @param unlink takes the name away, if it is this side's to take; idempotent.
     * @param unmap  ends the mapping; idempotent.
     */
    public NamedRegion(final long id, final UnsafeBuffer buffer, final Runnable unlink, final Runnable unmap)
    {
        this.id = id;
        this.buffer = buffer;
        this.unlink = unlink;
        this.unmap = unmap;
    }

    @Override
    public long id()
    {
        return id;
    }

    @Override
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    @Override
    public void unlink()
    {
        unlink.run();
    }

    @Override
    public synchronized void close()
    {
        unlink();
        buffer.wrap(0, 0);
        unmap.run();
    }
}
