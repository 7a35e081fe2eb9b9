package io.aeromesh.sim.world;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;

/**
 * Memory of one host that there may be none of at times.
 */
final class RefusingMemory implements SharedMemoryProvider
{
    private final SharedMemoryProvider inner;
    private boolean isRefusing;

    RefusingMemory(final SharedMemoryProvider inner)
    {
        this.inner = inner;
    }

    void refuse(final boolean newRefusing)
    {
        isRefusing = newRefusing;
    }

    @Override
    public String name()
    {
        return inner.name();
    }

    @Override
    public SharedMemory open(final Context context)
    {
        return new Memory(inner.open(context));
    }

    private final class Memory implements SharedMemory
    {
        private final SharedMemory memory;

        Memory(final SharedMemory memory)
        {
            this.memory = memory;
        }

        private void refuse()
        {
            if (isRefusing)
            {
                throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, "simulated: there is no memory at this moment");
            }
        }

        @Override
        public long token()
        {
            return memory.token();
        }

        @Override
        public Scope scope()
        {
            return memory.scope();
        }

        @Override
        public SharedRegion create(final int length)
        {
            refuse();
            return memory.create(length);
        }

        @Override
        public SharedRegion attach(final String creator, final long id, final int length)
        {
            refuse();
            return memory.attach(creator, id, length);
        }

        @Override
        public Lingering linger()
        {
            return memory.linger();
        }

        @Override
        public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
        {
            return memory.isAlive(creator, instanceHigh, instanceLow);
        }

        @Override
        public void sweep(final String creator)
        {
            memory.sweep(creator);
        }

        @Override
        public void close()
        {
            memory.close();
        }
    }
}
