package io.aeromesh.sim.world;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;

/**
 * Memory of one host that there may be none of at times.
 */
final class RefusingMemory extends ForwardingMemoryProvider
{
    private boolean isRefusing;

    RefusingMemory(final SharedMemoryProvider inner)
    {
        super(inner);
    }

    void refuse(final boolean newRefusing)
    {
        isRefusing = newRefusing;
    }

    @Override
    protected SharedMemory change(final SharedMemory memory)
    {
        return new Memory(memory);
    }

    private final class Memory extends ForwardingMemory
    {
        Memory(final SharedMemory memory)
        {
            super(memory);
        }

        private void refuse()
        {
            if (isRefusing)
            {
                throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, "simulated: there is no memory at this moment");
            }
        }

        @Override
        public SharedRegion create(final int length)
        {
            refuse();
            return super.create(length);
        }

        @Override
        public SharedRegion attach(final String creator, final long id, final int length)
        {
            refuse();
            return super.attach(creator, id, length);
        }
    }
}
