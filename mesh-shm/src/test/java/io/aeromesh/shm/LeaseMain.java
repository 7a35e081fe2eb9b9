package io.aeromesh.shm;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.internal.lease.ArenaAddress;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingProducer;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A process that is given blocks, and releases them, keeps some, or gives them back, until it is killed:
 * {@code LeaseMain BASE MESH NODE INSTANCE OWNER OWNER-INSTANCE DIRECTORY-ID RINGS-ID SEED}.
 */
final class LeaseMain
{
    static final int RING_LENGTH = RingDescriptor.regionLength(RingDescriptor.CAPACITY_MIN);
    static final int RINGS_LENGTH = 2 * RING_LENGTH;
    private static final int KEPT_MAX = 8;

    private final NodeLeases leases;
    private final RingProducer toOwner;
    private final long ownerInstance;
    private final Random random;
    private final Deque<Lease> kept = new ArrayDeque<>();

    private LeaseMain(
        final NodeLeases leases, final RingProducer toOwner, final long ownerInstance, final Random random)
    {
        this.leases = leases;
        this.toOwner = toOwner;
        this.ownerInstance = ownerInstance;
        this.random = random;
    }

    /**
     * Waits for a byte of input, then runs until killed.
     */
    public static void main(final String[] args) throws IOException
    {
        if (System.in.read() < 0)
        {
            return;
        }
        final Path base = Path.of(args[0]);
        final long instance = Long.parseLong(args[3]);
        final long ownerInstance = Long.parseLong(args[5]);
        try (HostPresence presence = MeshOs.system().claimName(base, args[1], args[2], instance, 0);
            SharedMemory memory = new ShmMemoryProvider().open(
                new SharedMemoryProvider.Context(args[2], args[1], instance, 0, MeshOs.system(), base));
            SharedRegion own = memory.create(4096);
            NodeLeases leases =
                new NodeLeases(args[2], instance, 0, LeaseConfig.DEFAULT, memory, MeshOs.system());
            SharedRegion rings = memory.attach(args[4], Long.parseLong(args[7]), RINGS_LENGTH))
        {
            own.buffer().putLong(0, presence.hashCode()); // something that is left when this process is killed
            leases.attach(new ArenaAddress(args[4], ownerInstance, 0, Long.parseLong(args[6])));
            final LeaseMain main = new LeaseMain(
                leases,
                new RingProducer(new UnsafeBuffer(rings.buffer(), RING_LENGTH, RING_LENGTH)),
                ownerInstance,
                new Random(Long.parseLong(args[8])));
            final RingConsumer fromOwner = new RingConsumer(new UnsafeBuffer(rings.buffer(), 0, RING_LENGTH));
            System.out.println("ATTACHED");
            System.out.flush();
            while (!System.out.checkError())
            {
                for (int i = 0; i < 10_000; i++)
                {
                    if (0 == fromOwner.poll(main::onHandle, 10))
                    {
                        Thread.yield();
                    }
                }
            }
        }
    }

    private PacketHandler.Action onHandle(final DirectBuffer buffer, final int offset, final int length)
    {
        final Lease lease = new Lease();
        leases.accept(buffer, offset, lease, ownerInstance, 0);
        lease.buffer().putLong(0, lease.buffer().getLong(0) + 1);
        switch (random.nextInt(4))
        {
            case 0 -> lease.release();
            case 1 ->
            {
                kept.add(lease);
                if (kept.size() > KEPT_MAX)
                {
                    kept.remove().release();
                }
            }
            default -> giveBack(lease);
        }
        return PacketHandler.Action.CONTINUE;
    }

    private void giveBack(final Lease lease)
    {
        if (!leases.isForwardable(lease))
        {
            lease.release();
            return;
        }
        int offset = toOwner.tryClaim(NodeLeases.HANDLE_LENGTH);
        while (offset < 0)
        {
            Thread.yield();
            offset = toOwner.tryClaim(NodeLeases.HANDLE_LENGTH);
        }
        leases.offer(lease, ownerInstance, 0, toOwner.buffer(), offset);
        toOwner.commit();
    }
}
