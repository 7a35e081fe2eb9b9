package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.inproc.InprocMemory;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.SharedMemoryProvider;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An owner and one that is attached to it.
 */
final class Pair implements AutoCloseable
{
    static final long OWNER = 11;
    static final long PEER = 22;
    static final long LOW = 5;

    final InprocMemoryProvider provider = InprocMemoryProvider.isolated();
    final InprocMemory ownerMemory = memory("owner", OWNER);
    final InprocMemory peerMemory = memory("peer", PEER);
    final NodeLeases owner;
    final NodeLeases peer;
    final ArenaAddress arena;
    final UnsafeBuffer handle = new UnsafeBuffer(new byte[NodeLeases.SHARES_LENGTH]);

    /** What happens before the owner's next change of shared memory, once. */
    Runnable beforeOwnersChange;

    Pair(final LeaseConfig config)
    {
        owner = new NodeLeases("owner", OWNER, LOW, config, ownerMemory, MeshOs.system(), this::beforeChange);
        peer = new NodeLeases("peer", PEER, LOW, config, peerMemory, MeshOs.system());
        final Lease first = owner.acquire(1);
        arena = owner.addressOf(first);
        first.release();
        peer.attach(arena);
    }

    InprocMemory memory(final String name, final long instance)
    {
        return (InprocMemory)provider.open(
            new SharedMemoryProvider.Context(name, "mesh", instance, LOW, MeshOs.system(), Path.of("unused")));
    }

    private void beforeChange()
    {
        final Runnable next = beforeOwnersChange;
        beforeOwnersChange = null;
        if (next != null)
        {
            next.run();
        }
    }

    int offer(final Lease lease)
    {
        return owner.offer(lease, PEER, LOW, handle, 0);
    }

    void accept(final Lease lease)
    {
        peer.accept(handle, 0, lease, OWNER, LOW);
    }

    @Override
    public void close()
    {
        owner.close();
        peer.close();
        ownerMemory.close();
        peerMemory.close();
    }
}
