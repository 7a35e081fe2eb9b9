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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that hold blocks of this one, alone or with it, or are about to, are killed at random moments: all memory
 * comes back, but for the shares of others, and no file is left. More kills than the build has time for: {@code
 * -Dmesh.lease.kills=1000}.
 */
@Tag("slow")
@Timeout(1500)
class LeaseKillTest
{
    private static final int KILLS = Integer.getInteger("mesh.lease.kills", 20);
    private static final String MESH = "mesh";
    private static final String NAME = "victim";
    private static final long INSTANCE = 1000;
    private static final int EARLY_NS_MAX = 200_000_000;
    private static final int SHARED_MAX = 4;
    private static final long DEADLINE_NS = 60_000_000_000L;
    private static final LeaseConfig CONFIG = new LeaseConfig(64 * 1024, 64 * 1024, 1 << 20, 512 * 1024);

    @TempDir
    private Path parent;
    private NodeLeases leases;
    private final UnsafeBuffer handle = new UnsafeBuffer(new byte[NodeLeases.SHARES_LENGTH]);
    private final List<Lease> shared = new ArrayList<>();
    private long directoryId;
    private long received;
    private int attachedKills;

    @Test
    void shouldGetAllMemoryBackFromKilledProcesses() throws IOException, InterruptedException
    {
        final long seed = MeshOs.system().nextRandom();
        final Random random = new Random(seed);
        final Path base = parent.resolve("base");
        try (HostPresence presence = MeshOs.system().claimName(base, MESH, "owner", INSTANCE, 0);
            SharedMemory memory = new ShmMemoryProvider().open(
                new SharedMemoryProvider.Context("owner", MESH, INSTANCE, 0, MeshOs.system(), base)))
        {
            assertFalse(presence.equals(HostPresence.NONE));
            leases = new NodeLeases("owner", INSTANCE, 0, CONFIG, memory, MeshOs.system());
            final Lease first = leases.acquire(1);
            directoryId = leases.addressOf(first).directoryId();
            first.release();
            Victim next = new Victim(1, memory, base, random);
            try
            {
                for (int i = 1; i <= KILLS; i++)
                {
                    final String what = "seed=" + seed + ", kill " + i;
                    try (Victim victim = next)
                    {
                        next = new Victim(i + 1, memory, base, random); // its JVM starts meanwhile
                        victim.run(random);
                        victim.kill();
                        assertTrue(leases.reclaim(NAME, victim.instance, 0), what);
                        leases.settle(victim.instance, 0);
                        releaseShared(what);
                        leases.reclaim(NAME, victim.instance, 0); // what was settled had its slot in use
                        memory.sweep(NAME);
                    }
                    requireNothingLeft(base, what);
                }
            }
            finally
            {
                next.close();
            }
            leases.close();
        }
        assertTrue(received > 0, "no block ever came back");
        assertTrue(attachedKills > 0, "none was attached when it was killed");
        try (Stream<Path> files = Files.walk(base.resolve("memory")))
        {
            assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
        }
        System.out.println(KILLS + " holders of blocks killed, " + attachedKills + " of them attached; " + received +
            " blocks came back by then, and all memory after");
    }

    /** A process that waits to be let go, and the two rings that it will have with this one. */
    private final class Victim implements AutoCloseable
    {
        private final long instance;
        private final SharedRegion rings;
        private final RingProducer toVictim;
        private final RingConsumer fromVictim;
        private final ChildProcess child;
        private final Lease lease = new Lease();
        private final PacketHandler handler;

        Victim(final int number, final SharedMemory memory, final Path base, final Random random) throws IOException
        {
            instance = INSTANCE + number;
            rings = memory.create(LeaseMain.RINGS_LENGTH);
            toVictim = new RingProducer(new UnsafeBuffer(rings.buffer(), 0, LeaseMain.RING_LENGTH));
            fromVictim = new RingConsumer(
                new UnsafeBuffer(rings.buffer(), LeaseMain.RING_LENGTH, LeaseMain.RING_LENGTH));
            handler = (buffer, offset, length) -> onHandle(buffer, offset, instance);
            child = ChildProcess.start(LeaseMain.class, base.toString(), MESH, NAME, Long.toString(instance), "owner",
                Long.toString(INSTANCE), Long.toString(directoryId), Long.toString(rings.id()),
                Integer.toString(random.nextInt()));
        }

        /**
         * Lets it go, and sends blocks until the moment has come.
         */
        void run(final Random random) throws IOException
        {
            child.letGo();
            final boolean isKilledEarly = random.nextInt(4) == 0;
            final long earlyNs = random.nextInt(EARLY_NS_MAX);
            final long startNs = System.nanoTime();
            while (isKilledEarly ? System.nanoTime() - startNs < earlyNs : null == child.pollLine("ATTACHED"))
            {
                send(lease, toVictim, instance, 1 + random.nextInt(CONFIG.blockLengthMax()));
                fromVictim.poll(handler, 10);
                if (System.nanoTime() - startNs > DEADLINE_NS)
                {
                    throw new AssertionError("the process did not attach");
                }
            }
            for (int turns = isKilledEarly ? 0 : random.nextInt(20_000); turns > 0; turns--)
            {
                send(lease, toVictim, instance, 1 + random.nextInt(CONFIG.blockLengthMax()));
                fromVictim.poll(handler, 10);
            }
            if (!isKilledEarly)
            {
                attachedKills++;
                assertFalse(leases.reclaim(NAME, instance, 0), "taken back from one that lives");
            }
        }

        /**
         * Kills it and accepts what it gave.
         */
        void kill() throws IOException, InterruptedException
        {
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
            while (0 != fromVictim.poll(handler, 10))
            {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close()
        {
            child.close();
            rings.close();
        }
    }

    private void requireNothingLeft(final Path base, final String what) throws IOException
    {
        assertEquals(0, leases.blocksOut(), what);
        assertEquals(0, leases.blocksHeld(), what);
        assertEquals(0, leases.blocksCorrupt(), what);
        assertEquals(0, leases.attachedCount(), what);
        final Path directory = base.resolve("memory").resolve(NameLocks.fileName(MESH, NAME));
        if (Files.exists(directory))
        {
            try (Stream<Path> files = Files.list(directory))
            {
                assertEquals(List.of(), files.toList(), what);
            }
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
        final boolean isShared = shared.size() < SHARED_MAX && 0 == (lease.length() & 1);
        if (isShared ? !share(lease, instance, ring, offset) :
            leases.offer(lease, instance, 0, ring.buffer(), offset) < 0)
        {
            ring.abort();
            return;
        }
        ring.commit();
    }

    /** Keeps a share, which the other's death leaves alone. */
    private boolean share(final Lease lease, final long instance, final RingProducer ring, final int offset)
    {
        if (0 > leases.offerToMany(lease, new long[] {instance, 0}, 1, handle, 0))
        {
            return false;
        }
        ring.buffer().putBytes(offset, handle, 0, NodeLeases.HANDLE_LENGTH);
        final Lease own = new Lease();
        lease.block().moveTo(own.block());
        shared.add(own);
        return true;
    }

    private void releaseShared(final String what)
    {
        assertEquals(shared.size(), leases.blocksHeld(), what);
        assertEquals(shared.size(), leases.blocksOut(), what);
        shared.forEach(Lease::release);
        shared.clear();
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
