package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An owner and a peer that is attached to its arena, which has room for one block.
 */
class LeaseEnds
{
    static final int CONTENT = 42;
    private static final long OWNER = 1;
    private static final long PEER = 2;
    /** Room for the directory and a segment of one block, and no more. */
    private static final LeaseConfig CONFIG = new LeaseConfig(4096, 4096, 36 * 1024, 4096);

    final Lease atOwner;
    final Lease atPeer = new Lease();
    final NodeLeases owner;
    final NodeLeases peer;
    final UnsafeBuffer handle = new UnsafeBuffer(new byte[NodeLeases.HANDLE_LENGTH]);

    LeaseEnds()
    {
        final InprocMemoryProvider provider = InprocMemoryProvider.isolated();
        owner = new NodeLeases("owner", OWNER, 0, CONFIG, memory(provider, "owner", OWNER), MeshOs.system());
        peer = new NodeLeases("peer", PEER, 0, CONFIG, memory(provider, "peer", PEER), MeshOs.system());
        atOwner = owner.acquire(8);
        peer.attach(owner.address());
    }

    private static SharedMemory memory(
        final InprocMemoryProvider provider, final String name, final long instance)
    {
        return provider.open(new SharedMemoryProvider.Context(
            name, "stress", instance, 0, MeshOs.system(), Path.of("unused")));
    }

    final void offer()
    {
        atOwner.buffer().putLong(0, CONTENT);
        owner.offer(atOwner, PEER, 0, handle, 0);
    }

    /**
     * The owner takes the peer for dead.
     */
    final void reclaim()
    {
        owner.reclaimConfirmed(PEER, 0);
    }

    /**
     * How many blocks the owner can have.
     */
    final int acquirable()
    {
        int count = 0;
        while (count < 2 && owner.tryAcquire(8, new Lease()) >= 0)
        {
            count++;
        }
        return count;
    }

    /**
     * What the peer finds in the block.
     */
    final int accept()
    {
        peer.accept(handle, 0, atPeer, OWNER, 0);
        return (int)atPeer.buffer().getLong(0);
    }
}
