package io.aeromesh.sim.world;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.spi.NamedRegion;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;

/**
 * Memory of one host that there may be none of at times, or no files for.
 */
final class RefusingMemory extends ForwardingMemoryProvider
{
    private final Shortage shortage;

    RefusingMemory(final SharedMemoryProvider inner, final Shortage shortage)
    {
        super(inner);
        this.shortage = shortage;
    }

    @Override
    protected SharedMemory change(final SharedMemory memory)
    {
        if (shortage.hitsFiles())
        {
            memory.close();
            throw unusable();
        }
        return new Memory(memory);
    }

    private static MeshException unusable()
    {
        return new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "simulated: there is no file at this moment");
    }

    private final class Memory extends ForwardingMemory
    {
        Memory(final SharedMemory memory)
        {
            super(memory);
        }

        private void refuse()
        {
            if (shortage.hitsMemory())
            {
                throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, "simulated: there is no memory at this moment");
            }
        }

        @Override
        public SharedRegion create(final int length)
        {
            refuse();
            final SharedRegion region = super.create(length);
            return new NamedRegion(region.id(), region.buffer(), () -> unlink(region), region::close);
        }

        /**
         * What can not be deleted stays until its node closes, or its name is swept.
         */
        private void unlink(final SharedRegion region)
        {
            if (!shortage.hitsFiles())
            {
                region.unlink();
            }
        }

        @Override
        public SharedRegion attach(final String creator, final long id, final int length)
        {
            refuse();
            return super.attach(creator, id, length);
        }

        /**
         * What can not be told is taken to live.
         */
        @Override
        public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
        {
            return shortage.hitsFiles() || super.isAlive(creator, instanceHigh, instanceLow);
        }

        @Override
        public void sweep(final String creator)
        {
            if (shortage.hitsFiles())
            {
                throw unusable();
            }
            super.sweep(creator);
        }
    }
}
