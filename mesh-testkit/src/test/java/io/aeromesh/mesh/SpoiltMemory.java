package io.aeromesh.mesh;

import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.spi.NamedRegion;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory of a node of which nothing is right any more once it is unmapped: where it is a file, a look at it kills. */
final class SpoiltMemory extends ForwardingMemoryProvider
{
    private static final byte GARBAGE = 0x11;

    private final AtomicInteger unmapped = new AtomicInteger(); // agents do it

    SpoiltMemory(final SharedMemoryProvider provider)
    {
        super(provider);
    }

    /**
     * Regions that were.
     */
    int unmapped()
    {
        return unmapped.get();
    }

    @Override
    protected SharedMemory change(final SharedMemory memory)
    {
        return new ForwardingMemory(memory)
        {
            @Override
            public SharedRegion create(final int length)
            {
                return spoiling(super.create(length));
            }

            @Override
            public SharedRegion attach(final String creator, final long id, final int length)
            {
                return spoiling(super.attach(creator, id, length));
            }
        };
    }

    private SharedRegion spoiling(final SharedRegion region)
    {
        final UnsafeBuffer all = new UnsafeBuffer(region.buffer());
        return new NamedRegion(region.id(), region.buffer(), region::unlink, () ->
        {
            unmapped.getAndIncrement();
            all.setMemory(0, all.capacity(), GARBAGE);
            region.close();
        });
    }
}
