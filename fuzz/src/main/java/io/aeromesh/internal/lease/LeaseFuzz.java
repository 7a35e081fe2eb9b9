package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.os.MeshOs;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two nodes that hand blocks of the first to and fro, while a third process writes anything into the memory that they
 * share, and handles are forged, changed and played again. Each block that is held lies within shared memory, no two
 * that the owner holds lie on each other, and a bad handle is refused with a reason.
 */
public final class LeaseFuzz
{
    private static final LeaseConfig CONFIG = new LeaseConfig(16 * 1024, 16 * 1024, 96 * 1024, 32 * 1024);
    private static final long OWNER = 11;
    private static final long PEER = 22;
    private static final long LOW = 5;
    private static final int STEPS_MAX = 96;
    private static final int LEASES = 6;
    private static final int HANDLES = 4;
    private static final Set<ErrorCode> REFUSALS = EnumSet.of(
        ErrorCode.PROTOCOL_VIOLATION, ErrorCode.DIRECT_UNAVAILABLE, ErrorCode.TABLE_FULL);
    private static final ReusedMemory MEMORY = new ReusedMemory();

    private final FuzzInput input;
    private final NodeLeases owner =
        new NodeLeases("owner", OWNER, LOW, CONFIG, MEMORY, MeshOs.system());
    private final NodeLeases peer =
        new NodeLeases("peer", PEER, LOW, CONFIG, MEMORY, MeshOs.system());
    private final Lease[] atOwner = leases();
    private final Lease[] atPeer = leases();
    private final UnsafeBuffer handles = new UnsafeBuffer(new byte[HANDLES * NodeLeases.HANDLE_LENGTH]);
    private long nowNs;

    private LeaseFuzz(final FuzzInput input)
    {
        this.input = input;
        owner.acquire(1).release();
        peer.attach(owner.address());
    }

    private static Lease[] leases()
    {
        final Lease[] leases = new Lease[LEASES];
        for (int i = 0; i < LEASES; i++)
        {
            leases[i] = new Lease();
        }
        return leases;
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(512 * 1024, bytes, LeaseFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        MEMORY.reset();
        final LeaseFuzz one = new LeaseFuzz(new FuzzInput(bytes));
        for (int i = 0; i < STEPS_MAX && one.input.hasMore(); i++)
        {
            try
            {
                one.step();
            }
            catch (final MeshException refused)
            {
                if (!REFUSALS.contains(refused.code()))
                {
                    throw refused;
                }
            }
            catch (final IllegalStateException tookBack)
            {
                if (!tookBack.getMessage().contains("took"))
                {
                    throw tookBack;
                }
            }
            one.compare();
        }
        one.peer.close();
        one.owner.close();
    }

    private void step()
    {
        final int handle = input.below(HANDLES) * NodeLeases.HANDLE_LENGTH;
        final Lease mine = atOwner[input.below(LEASES)];
        final Lease theirs = atPeer[input.below(LEASES)];
        switch (input.below(16))
        {
            case 0 -> acquire(owner, mine);
            case 1 -> mine.block().releaseIfHeld();
            case 2 -> offer(owner, mine, PEER, handle);
            case 3 -> accept(owner, mine, PEER, handle);
            case 4 -> withdraw(owner, mine, handle);
            case 5 -> theirs.block().releaseIfHeld();
            case 6 -> accept(peer, theirs, OWNER, handle);
            case 7 -> offer(peer, theirs, OWNER, handle);
            case 8 -> share(mine, handle);
            case 9 -> look();
            case 10 -> handles.putByte(handle + input.below(NodeLeases.HANDLE_LENGTH), (byte)input.int8());
            case 11 -> forge(handle);
            case 12 -> corrupt(input.below(MEMORY.count()), input.int16(), input.int64());
            case 13 -> corruptWord();
            case 14 -> attachElsewhere(theirs, handle);
            default -> end();
        }
    }

    /**
     * A handle that names the owner's arena, and any block.
     */
    private void forge(final int handle)
    {
        handles.putLong(handle, OWNER);
        handles.putLong(handle + 8, LOW);
        handles.putLong(handle + 16, 1);
        handles.putLong(handle + 24, input.int16() << 16 | input.below(4));
        handles.putInt(handle + 32, input.flag() ? input.below(8) : input.int32());
        handles.putInt(handle + 36, input.flag() ? input.int16() : input.int32());
    }

    private void acquire(final NodeLeases node, final Lease lease)
    {
        if (!lease.isHeld())
        {
            node.tryAcquire(1 + input.int16() % CONFIG.blockLengthMax(), lease);
        }
    }

    private void offer(final NodeLeases node, final Lease lease, final long to, final int handle)
    {
        if (lease.isHeld())
        {
            node.offer(lease, to, LOW, handles, handle);
        }
    }

    private void accept(final NodeLeases node, final Lease lease, final long from, final int handle)
    {
        if (!lease.isHeld())
        {
            node.accept(handles, handle, lease, from, LOW);
        }
    }

    private void withdraw(final NodeLeases node, final Lease lease, final int handle)
    {
        if (!lease.isHeld())
        {
            node.withdraw(lease, handles, handle);
        }
    }

    private void share(final Lease lease, final int handle)
    {
        if (lease.isHeld() && owner.offerToMany(lease, new long[] {PEER, LOW}, 1, handles, handle) > 0 && input.flag())
        {
            owner.unshare(lease, PEER, LOW);
            owner.unshare(lease);
        }
    }

    private void look()
    {
        nowNs += 1L << 30;
        owner.scan(nowNs);
        peer.scan(nowNs);
        owner.newHolders((name, high, low) -> Must.within(1, name.length(), 128, "length of a name"));
    }

    private static void corrupt(final int region, final int word, final long value)
    {
        final UnsafeBuffer memory = MEMORY.region(region);
        memory.putLong(word % (memory.capacity() / Long.BYTES) * Long.BYTES, value);
    }

    /**
     * A state word as it could be, of any block.
     */
    private void corruptWord()
    {
        final int region = input.below(MEMORY.count());
        final int block = input.below(8);
        final long word = (long)input.int16() << 16 | input.below(5) << 12 | input.below(4) << 6 | input.below(4);
        corrupt(region, 16 + 16 * block + input.below(3), word);
    }

    /**
     * The peer is told of an arena that its creator has written as it likes.
     */
    private void attachElsewhere(final Lease lease, final int handle)
    {
        if (MEMORY.count() > 12)
        {
            return;
        }
        final UnsafeBuffer directory = MEMORY.create(LeaseDirectory.REGION_LENGTH).buffer();
        final long id = MEMORY.count();
        directory.putBytes(0, MEMORY.region(0), 0, LeaseDirectory.REGION_LENGTH);
        for (int i = input.below(16); i > 0; i--)
        {
            corrupt((int)id - 1, input.flag() ? 2064 + input.below(16) : input.int16(),
                input.flag() ? input.int8() : input.int64());
        }
        peer.attach(new ArenaAddress("other", OWNER, LOW, id));
        handles.putLong(handle + 16, id);
        accept(peer, lease, OWNER, handle);
    }

    private void end()
    {
        if (input.flag())
        {
            owner.reclaim("peer", PEER, LOW);
            owner.settle(PEER, LOW);
        }
        else
        {
            peer.reclaim("owner", OWNER, LOW);
            peer.settle(OWNER, LOW);
        }
    }

    private void compare()
    {
        for (int i = 0; i < LEASES; i++)
        {
            check(atPeer[i]);
            check(atOwner[i]);
            for (int j = 0; j < i && isHeldAlone(atOwner[i]); j++)
            {
                Must.hold(!isHeldAlone(atOwner[j]) ||
                    atOwner[i].buffer().addressOffset() != atOwner[j].buffer().addressOffset(), "held twice", i);
            }
        }
    }

    /**
     * Of what is shared the owner believes the word, as the others who have it may free it.
     */
    private static boolean isHeldAlone(final Lease lease)
    {
        return lease.isHeld() && !lease.block().isShared();
    }

    private static void check(final Lease lease)
    {
        if (lease.isHeld())
        {
            Must.within(1, lease.length(), CONFIG.blockLengthMax(), "length of a lease");
            Must.hold(MEMORY.holds((UnsafeBuffer)lease.buffer()), "outside of shared memory");
        }
    }
}
