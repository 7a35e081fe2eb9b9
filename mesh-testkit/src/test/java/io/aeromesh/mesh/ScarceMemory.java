package io.aeromesh.mesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory of a node that there is none of for so many attempts. */
final class ScarceMemory extends ForwardingMemoryProvider
{
    private final AtomicInteger left = new AtomicInteger(); // agents try

    ScarceMemory(final SharedMemoryProvider provider)
    {
        super(provider);
    }

    void refuse(final int attempts)
    {
        left.set(attempts);
    }

    /**
     * Attempts that will be refused yet.
     */
    int left()
    {
        return left.get();
    }

    @Override
    protected SharedMemory change(final SharedMemory memory)
    {
        return new ForwardingMemory(memory)
        {
            @Override
            public SharedRegion create(final int length)
            {
                requireSome();
                return super.create(length);
            }

            @Override
            public SharedRegion attach(final String creator, final long id, final int length)
            {
                requireSome();
                return super.attach(creator, id, length);
            }
        };
    }

    private void requireSome()
    {
        if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0)
        {
            throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, "there is no memory at this moment");
        }
    }
}
