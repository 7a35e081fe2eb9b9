package io.aeromesh.fake;

import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;

/**
 * A provider whose memory is that of another, as changed.
 * <p>
 * <b>Threading:</b> as the other.
 */
public abstract class ForwardingMemoryProvider implements SharedMemoryProvider
{
    private final SharedMemoryProvider inner;

    /**
     * @param inner provider that opens the memory.
     */
    protected ForwardingMemoryProvider(final SharedMemoryProvider inner)
    {
        this.inner = inner;
    }

    /**
     * What a node gets in place of memory that was opened for it.
     */
    protected abstract SharedMemory change(SharedMemory memory);

    @Override
    public final String name()
    {
        return inner.name();
    }

    @Override
    public final SharedMemory open(final Context context)
    {
        return change(inner.open(context));
    }
}
