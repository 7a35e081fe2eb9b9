package io.aeromesh.fake;

import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedRegion;

/**
 * Memory that is another's.
 * <p>
 * <b>Threading:</b> as the other.
 */
public class ForwardingMemory implements SharedMemory
{
    private final SharedMemory inner;

    /**
     * @param inner memory that does everything.
     */
    public ForwardingMemory(final SharedMemory inner)
    {
        this.inner = inner;
    }

    @Override
    public long token()
    {
        return inner.token();
    }

    @Override
    public Scope scope()
    {
        return inner.scope();
    }

    @Override
    public SharedRegion create(final int length)
    {
        return inner.create(length);
    }

    @Override
    public SharedRegion attach(final String creator, final long id, final int length)
    {
        return inner.attach(creator, id, length);
    }

    @Override
    public Lingering linger()
    {
        return inner.linger();
    }

    @Override
    public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
    {
        return inner.isAlive(creator, instanceHigh, instanceLow);
    }

    @Override
    public void sweep(final String creator)
    {
        inner.sweep(creator);
    }

    @Override
    public void close()
    {
        inner.close();
    }
}
