package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.NameLocks;
import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingProducer;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that hold blocks of this one are killed at random moments: all memory comes back, and no file is left.
 */
@Tag("slow")
@Timeout(300)
class LeaseKillTest
{
    private static final int KILLS = 50;
    private static final String MESH = "mesh";
    private static final long INSTANCE = 1000;
    private static final LeaseConfig CONFIG = new LeaseConfig(64 * 1024, 64 * 1024, 1 << 20, 512 * 1024);

    @TempDir
    private Path parent;
    private NodeLeases leases;
    private long received;

    @Test
    void shouldGetAllMemoryBackFromKilledProcesses() throws IOException, InterruptedException
    {
        final long seed = MeshOs.system().nextRandom();
        final Random random = new Random(seed);
        final Path base = parent.resolve("base");
        try (HostPresence presence = MeshOs.system().claimName(base, MESH, "owner", INSTANCE, 0);
            SharedMemory memory = new ShmMemoryProvider().open(
                new SharedMemoryProvider.Context("owner", MESH, MeshOs.system(), base)))
        {
            assertFalse(presence.equals(HostPresence.NONE));
            leases = new NodeLeases("owner", INSTANCE, 0, CONFIG, memory, MeshOs.system());
            leases.acquire(1).release();
            for (int i = 1; i <= KILLS; i++)
            {
                round(i, memory, base, random, "seed=" + seed + ", kill " + i);
            }
            leases.close();
        }
        assertTrue(received > 0, "no block ever came back");
        try (Stream<Path> files = Files.walk(base.resolve("memory")))
        {
            assertEquals(0, files.filter(Files::isRegularFile).count());
        }
    }

    private void round(
        final int number, final SharedMemory memory, final Path base, final Random random, final String what)
        throws IOException, InterruptedException
    {
        final String name = "victim";
        final long instance = INSTANCE + number;
        try (SharedRegion rings = memory.create(LeaseMain.RINGS_LENGTH))
        {
            final RingProducer toVictim =
                new RingProducer(new UnsafeBuffer(rings.buffer(), 0, LeaseMain.RING_LENGTH));
            final RingConsumer fromVictim = new RingConsumer(
                new UnsafeBuffer(rings.buffer(), LeaseMain.RING_LENGTH, LeaseMain.RING_LENGTH));
            final PacketHandler handler = (buffer, offset, length) -> onHandle(buffer, offset, instance);
            try (ChildProcess child = ChildProcess.start(LeaseMain.class, base.toString(), MESH, name,
                Long.toString(instance), "owner", Long.toString(INSTANCE),
                Long.toString(leases.address().directoryId()), Long.toString(rings.id()),
                Integer.toString(random.nextInt())))
            {
                child.awaitLine("ATTACHED");
                final Lease lease = new Lease();
                for (int turns = random.nextInt(20_000); turns > 0; turns--)
                {
                    send(lease, toVictim, instance, 1 + random.nextInt(CONFIG.blockLengthMax()));
                    fromVictim.poll(handler, 10);
                }
                assertFalse(leases.reclaim(name, instance, 0) && memory.isAlive(name), what);
                child.signal("KILL");
                for (int turns = 0; turns < 20; turns++)
                {
                    send(lease, toVictim, instance, 100); // to one that dies just now
                }
                child.kill();
                if (lease.isHeld())
                {
                    lease.release();
                }
            }
            while (0 != fromVictim.poll(handler, 10))
            {
                Thread.onSpinWait();
            }
            assertTrue(leases.reclaim(name, instance, 0), what);
            leases.settle(instance, 0);
            leases.reclaimConfirmed(instance, 0);
            memory.sweep(name);
        }
        assertEquals(0, leases.blocksOut(), what);
        assertEquals(0, leases.blocksHeld(), what);
        assertEquals(0, leases.blocksCorrupt(), what);
        assertEquals(0, leases.attachedCount(), what);
        try (Stream<Path> files = Files.list(base.resolve("memory").resolve(NameLocks.fileName(MESH, name))))
        {
            assertEquals(0, files.count(), what);
        }
    }

    private void send(final Lease lease, final RingProducer ring, final long instance, final int length)
    {
        if (!lease.isHeld() && leases.tryAcquire(length, lease) < 0)
        {
            return;
        }
        final int offset = ring.tryClaim(NodeLeases.HANDLE_LENGTH);
        if (offset < 0)
        {
            return;
        }
        if (leases.offer(lease, instance, 0, ring.buffer(), offset) < 0)
        {
            ring.abort();
            return;
        }
        ring.commit();
    }

    private PacketHandler.Action onHandle(final DirectBuffer buffer, final int offset, final long instance)
    {
        final Lease lease = new Lease();
        leases.accept(buffer, offset, lease, instance, 0);
        received++;
        lease.release();
        return PacketHandler.Action.CONTINUE;
    }
}
