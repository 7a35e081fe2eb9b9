package io.aeromesh.internal.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import org.junit.jupiter.api.Test;

/**
 * A node that closes while its application holds leases of another: "leases that are held here stay readable".
 */
class ReviewClosedHolderTest
{
    @Test
    void shouldNotGiveABlockOutWhileTheApplicationOfAClosedNodeHoldsIt()
    {
        try (Pair pair = new Pair(new LeaseConfig(64 * 1024, 64 * 1024, 1 << 20, 192 * 1024)))
        {
            final Lease lease = pair.owner.acquire(4096);
            lease.buffer().putLong(0, 5);
            assertTrue(pair.offer(lease) > 0);
            final Lease held = new Lease();
            pair.accept(held);

            pair.peer.close(); // as NodeAgent.onClose does: leases, then memory, then the sockets end
            pair.peerMemory.close();
            pair.owner.reclaim("peer", Pair.PEER, Pair.LOW);
            final Lease next = new Lease();
            while (pair.owner.tryAcquire(4096, next) > 0)
            {
                next.buffer().putLong(0, 6);
                next.block().moveTo(new Lease().block());
            }

            assertEquals(5, held.buffer().getLong(0), "what is held was given to another");
        }
    }
}
