package io.aeromesh.mesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;

/** Memory of a node that finds no room for the arenas of others, though it has some for channels. */
final class NoArenas extends ForwardingMemoryProvider
{
    private static final int DIRECTORY_LENGTH = 20608;

    NoArenas(final SharedMemoryProvider provider)
    {
        super(provider);
    }

    @Override
    protected SharedMemory change(final SharedMemory memory)
    {
        return new ForwardingMemory(memory)
        {
            @Override
            public SharedRegion attach(final String creator, final long id, final int length)
            {
                if (length == DIRECTORY_LENGTH)
                {
                    throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE, "no arenas here");
                }
                return super.attach(creator, id, length);
            }
        };
    }
}
