package io.aeromesh.internal.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaseTest
{
    private static final LeaseConfig CONFIG = new LeaseConfig(16 * 1024, 64 * 1024, 512 * 1024, 128 * 1024);
    private static final int FUZZED = 100_000;

    private final Pair pair = new Pair(CONFIG);
    private final NodeLeases owner = pair.owner;
    private final NodeLeases peer = pair.peer;
    private final Lease lease = new Lease();
    private final Lease received = new Lease();

    @AfterEach
    void close()
    {
        pair.close();
    }

    @Test
    void shouldMoveTheOwnershipAndNotTheBytes()
    {
        assertEquals(5000, owner.tryAcquire(5000, lease));
        assertEquals(5000, lease.length());
        assertEquals(5000, lease.buffer().capacity());
        lease.buffer().putLong(4992, 42);
        peer.tend(); // maps what the arena has grown by
        assertEquals(NodeLeases.HANDLE_LENGTH, pair.offer(lease));
        assertEquals(1, owner.blocksOut());

        pair.accept(received);
        assertEquals(5000, received.length());
        assertEquals(42, received.buffer().getLong(4992));
        received.buffer().putLong(0, 43);
        final int back = peer.offer(received, Pair.OWNER, Pair.LOW, pair.handle, 0);
        assertEquals(NodeLeases.HANDLE_LENGTH, back);
        owner.accept(pair.handle, 0, lease, Pair.PEER, Pair.LOW);
        assertEquals(43, lease.buffer().getLong(0));
        assertEquals(0, owner.blocksOut());
        assertEquals(0, peer.blocksHeld());
        lease.release();
        assertEquals(0, owner.blocksHeld());
    }

    @Test
    void shouldRefuseAUsedUpLeaseAndKeepItsBufferHarmless()
    {
        assertRefused("nothing was acquired yet", lease::buffer);
        owner.tryAcquire(4096, lease);
        final MutableDirectBuffer stale = lease.buffer();
        final long address = stale.addressOffset();
        stale.putLong(0, 1);
        pair.offer(lease);

        assertFalse(lease.isHeld());
        for (final Runnable use : new Runnable[] {lease::buffer, lease::length, lease::release, () -> pair.offer(lease),
            () -> owner.isForwardable(lease)})
        {
            assertRefused("it was transferred", use);
        }
        assertEquals(4096, stale.capacity());
        assertNotEquals(address, stale.addressOffset());
        stale.putLong(0, 99);
        stale.setMemory(0, 4096, (byte)9);
        pair.accept(received);
        assertEquals(1, received.buffer().getLong(0));

        received.release();
        assertRefused("it was released", received::release);
    }

    private static void assertRefused(final String why, final Runnable use)
    {
        final IllegalStateException ex = assertThrows(IllegalStateException.class, use::run);
        assertTrue(ex.getMessage().contains(why), ex.getMessage());
    }

    @Test
    void shouldRefuseForeignAndHeldLeases()
    {
        owner.tryAcquire(1, lease);
        assertRefused("held by node 'owner' and not by 'peer'",
            () -> peer.offer(lease, Pair.OWNER, Pair.LOW, pair.handle, 0));
        assertRefused("holds a block already", () -> owner.tryAcquire(1, lease));
        pair.offer(lease);
        peer.accept(pair.handle, 0, received, Pair.OWNER, Pair.LOW);
        assertRefused("holds a block already", () -> peer.accept(pair.handle, 0, received, Pair.OWNER, Pair.LOW));
        received.release();
    }

    @Test
    void shouldRefuseLengthsOutOfBounds()
    {
        for (final int length : new int[] {0, -1, 64 * 1024 + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
        {
            final MeshException ex = assertThrows(MeshException.class, () -> owner.tryAcquire(length, lease));
            assertTrue(ex.getMessage().contains("length=" + length), ex.getMessage());
        }
        assertEquals(64 * 1024, owner.lengthMax());
    }

    @Test
    void shouldRefuseStaleForeignAndForgedHandles()
    {
        owner.tryAcquire(100, lease);
        pair.offer(lease);
        final UnsafeBuffer good = new UnsafeBuffer(pair.handle.byteArray().clone());

        requireViolation("is not its sender's", () -> peer.accept(good, 0, received, Pair.PEER, Pair.LOW));
        requireViolation("no arena that node 'peer'", () -> peer.accept(changed(good, 3), 0, received, Pair.OWNER, 5));
        requireViolation("no arena that node 'peer'", () -> peer.accept(changed(good, 20), 0, received, Pair.OWNER, 5));
        requireViolation("segment=", () -> peer.accept(changed(good, 25), 0, received, Pair.OWNER, 5));
        requireViolation("generation=", () -> peer.accept(changed(good, 27), 0, received, Pair.OWNER, 5));
        requireViolation("block=", () -> peer.accept(changed(good, 33), 0, received, Pair.OWNER, 5));
        requireViolation("length=", () -> peer.accept(changed(good, 39), 0, received, Pair.OWNER, 5));
        final UnsafeBuffer tooLong = new UnsafeBuffer(good.byteArray().clone());
        tooLong.putInt(36, 4097);
        requireViolation("length=4097 of 4096", () -> peer.accept(tooLong, 0, received, Pair.OWNER, Pair.LOW));
        requireViolation("own slot=0", () -> owner.accept(good, 0, received, Pair.OWNER, Pair.LOW));

        peer.accept(good, 0, received, Pair.OWNER, Pair.LOW);
        final Lease second = new Lease();
        requireViolation("HELD", () -> peer.accept(good, 0, second, Pair.OWNER, Pair.LOW));
        received.release();
        requireViolation("FREE", () -> peer.accept(good, 0, second, Pair.OWNER, Pair.LOW));
        owner.tryAcquire(100, lease);
        pair.offer(lease);
        requireViolation("generation=", () -> peer.accept(good, 0, second, Pair.OWNER, Pair.LOW));
        pair.accept(second);
        second.release();
        assertEquals(0, peer.blocksHeld());
    }

    private static UnsafeBuffer changed(final UnsafeBuffer handle, final int index)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(handle.byteArray().clone());
        copy.putByte(index, (byte)(copy.getByte(index) ^ 0x55));
        return copy;
    }

    private static void requireViolation(final String why, final Runnable accept)
    {
        final MeshException ex = assertThrows(MeshException.class, accept::run);
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code());
        assertTrue(ex.getMessage().contains(why), ex.getMessage());
    }

    @Test
    void shouldTakeNothingButTheHandleItself()
    {
        final long seed = MeshOs.system().nextRandom();
        final Random random = new Random(seed);
        owner.tryAcquire(100, lease);
        pair.offer(lease);
        final byte[] good = pair.handle.byteArray().clone();
        final UnsafeBuffer handle = new UnsafeBuffer(new byte[NodeLeases.SHARES_LENGTH]);
        for (int i = 0; i < FUZZED; i++)
        {
            handle.putBytes(0, good);
            final int from = random.nextBoolean() ? 24 : random.nextInt(NodeLeases.HANDLE_LENGTH);
            for (int k = from; k < NodeLeases.HANDLE_LENGTH && (k == from || random.nextInt(4) != 0); k++)
            {
                handle.putByte(k, (byte)random.nextInt());
            }
            try
            {
                peer.accept(handle, 0, received, Pair.OWNER, Pair.LOW);
            }
            catch (final MeshException ex)
            {
                assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code(), () -> "seed=" + seed);
                continue;
            }
            // only what differs in nothing but a length that the block has can be good
            assertEquals(-1, java.util.Arrays.mismatch(good, 0, 36, handle.byteArray(), 0, 36), () -> "seed=" + seed);
            assertTrue(received.length() <= 4096, () -> "seed=" + seed);
            received.release();
            owner.tryAcquire(100, lease);
            pair.offer(lease);
            pair.handle.getBytes(0, good);
        }
    }

    @Test
    void shouldSurviveGarbageInAllWordsOfBlocksAndSlots()
    {
        final long seed = MeshOs.system().nextRandom();
        final Random random = new Random(seed);
        for (int i = 0; i < 16; i++)
        {
            final Lease each = new Lease();
            if (owner.tryAcquire(1, each) >= 0)
            {
                pair.offer(each);
            }
        }
        final UnsafeBuffer directory = pair.peerMemory.attach(
            "owner", pair.arena.directoryId(), LeaseDirectory.REGION_LENGTH).buffer();
        final int blockLength = directory.getInt(16512 + 8);
        final int blockCount = directory.getInt(16512 + 12);
        final UnsafeBuffer segment = pair.peerMemory.attach("owner", directory.getLong(16512),
            LeaseSegment.regionLength(blockLength, blockCount)).buffer();
        for (int round = 0; round < 300; round++)
        {
            for (int i = 0; i < blockCount; i++)
            {
                final long word = random.nextLong();
                segment.putLong(128 + 128 * i, 0 == (word & 1 << 20) ? word & ~0xE000L : word);
                segment.putLong(128 + 128 * i + 8, random.nextLong());
                segment.putLong(128 + 128 * i + 16, random.nextLong());
            }
            if (owner.tryAcquire(1, lease) >= 0)
            {
                pair.offer(lease);
            }
            if (lease.isHeld())
            {
                lease.release();
            }
            for (int i = 0; i < 200; i++)
            {
                directory.putByte(128 + 256 + random.nextInt(LeaseDirectory.REGION_LENGTH - 384),
                    (byte)random.nextInt());
            }
            owner.tend();
            peer.tend();
            owner.reclaim("nobody", random.nextLong(), random.nextLong());
            owner.settle(random.nextLong(), random.nextLong());
            try
            {
                pair.accept(received);
                received.release();
            }
            catch (final MeshException ex)
            {
                assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code(), () -> "seed=" + seed);
            }
        }
    }

    /** Found by simulation: the owner died, and its memory was swept before the handle was read. */
    @Test
    void shouldGiveABlockOnlyWhereItsSegmentIsMapped()
    {
        final List<Lease> firstSegment = new ArrayList<>();
        Lease added = owner.acquire(1);
        while (added.block().segment().index() == 0)
        {
            firstSegment.add(added);
            added = owner.acquire(1);
        }
        assertFalse(owner.isAttached(added, Pair.PEER, Pair.LOW));
        assertEquals(NodeLeases.NOT_ATTACHED, pair.offer(added));
        assertEquals(NodeLeases.NOT_ATTACHED,
            owner.offerToMany(added, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0));
        assertTrue(added.isHeld());

        peer.attach(pair.arena);
        assertTrue(owner.isAttached(added, Pair.PEER, Pair.LOW));
        assertEquals(NodeLeases.HANDLE_LENGTH, pair.offer(added));
        owner.close();
        pair.accept(received);

        received.release();
        firstSegment.forEach(Lease::release);
    }

    /** Found by review: asked for its own memory, it took one of the places there like another. */
    @Test
    void shouldNotAttachToItsOwnArena()
    {
        assertFalse(owner.attach(pair.arena));
        assertTrue(peer.attach(pair.arena));

        assertEquals(1, owner.attachedCount());
    }

    @Test
    void shouldGrowWithWhatIsHeldAndSayWhoHasItWhenFull()
    {
        final long small = owner.arenaLength();
        assertTrue(small < 64 * 1024, () -> "arena=" + small);
        final List<Lease> held = new ArrayList<>();
        for (Lease each = new Lease(); owner.tryAcquire(4096, each) >= 0; each = new Lease())
        {
            each.buffer().putLong(0, held.size());
            held.add(each);
        }
        assertTrue(owner.arenaLength() <= CONFIG.arenaLengthMax());
        assertTrue(held.size() >= 60, () -> held.size() + " blocks");
        for (int i = 0; i < held.size(); i++)
        {
            assertEquals(i, held.get(i).buffer().getLong(0));
        }
        pair.offer(held.get(0));
        final MeshException ex = assertThrows(MeshException.class, () -> owner.acquire(4096));
        assertEquals(ErrorCode.LEASES_EXHAUSTED, ex.code());
        assertTrue(ex.getMessage().contains("'peer'=4096 bytes"), ex.getMessage());
        assertTrue(ex.getMessage().contains("held here=" + (held.size() - 1)), ex.getMessage());
        assertTrue(ex.getMessage().contains(" of " + CONFIG.arenaLengthMax()), ex.getMessage());

        pair.accept(received);
        received.release();
        owner.acquire(4096).release();
        held.subList(1, held.size()).forEach(Lease::release);
        assertEquals(0, owner.blocksHeld());
    }

    @Test
    void shouldWaitForABlockUntilTheBound() throws InterruptedException
    {
        final List<Lease> held = new ArrayList<>();
        for (Lease each = new Lease(); owner.tryAcquire(1, each) >= 0; each = new Lease())
        {
            held.add(each);
        }
        final Thread releaser = new Thread(held.get(0)::release);
        releaser.start();
        owner.acquire(1, TimeUnit.SECONDS.toNanos(30)).release();
        releaser.join();
        assertThrows(MeshException.class, () ->
        {
            owner.acquire(1);
            owner.acquire(1, 1_000_000);
        });
    }

    @Test
    void shouldLimitWhatOnePeerHas()
    {
        int given = 0;
        int result = 0;
        while (result >= 0)
        {
            if (!lease.isHeld())
            {
                owner.tryAcquire(32 * 1024, lease);
                peer.tend();
            }
            result = pair.offer(lease);
            given += result >= 0 ? 1 : 0;
        }
        assertEquals(NodeLeases.OVER_LIMIT, result);
        assertEquals(4, given);
        assertTrue(lease.isHeld());
        pair.accept(received);
        received.release();
        assertEquals(NodeLeases.HANDLE_LENGTH, pair.offer(lease));
    }

    @Test
    void shouldCopyToWhomIsNotAttached()
    {
        owner.tryAcquire(10, lease);
        assertEquals(NodeLeases.NOT_ATTACHED, owner.offer(lease, 33, 33, pair.handle, 0));
        assertEquals(NodeLeases.NOT_ATTACHED,
            owner.offerToMany(lease, new long[] {33, 33, Pair.PEER, Pair.LOW}, 2, pair.handle, 0));
        assertEquals(NodeLeases.NOT_ATTACHED,
            owner.offerToMany(lease, new long[] {Pair.OWNER, Pair.LOW}, 1, pair.handle, 0));
        assertTrue(lease.isHeld() && owner.isForwardable(lease));
        assertFalse(owner.isAttached(lease, 33, 33));
        assertTrue(owner.isAttached(lease, Pair.PEER, Pair.LOW));
    }

    @Test
    void shouldUndoWhatCanNotBeSent()
    {
        owner.tryAcquire(10, lease);
        pair.offer(lease);
        assertTrue(owner.withdraw(lease, pair.handle, 0));
        assertEquals(10, lease.length());
        assertEquals(0, owner.blocksOut());
        requireViolation("HELD", () -> pair.accept(received));
        pair.offer(lease);
        pair.accept(received);
        received.release();
    }

    /** Else it would ask after all peers that it ever had, as nobody says that they are dead. */
    @Test
    void shouldWaitForNoDeathWhereNoMemoryIsShared()
    {
        final NodeLeases alone =
            new NodeLeases("alone", 7, 7, CONFIG, new PrivateMemory(), MeshOs.system());

        assertTrue(alone.reclaim("peer", Pair.PEER, Pair.LOW));
        assertFalse(owner.reclaim("peer", Pair.PEER, Pair.LOW));
        alone.close();
    }

    @Test
    void shouldTakeSharesBackThatNobodyHasAccepted()
    {
        owner.tryAcquire(10, lease);
        assertEquals(NodeLeases.SHARES_LENGTH,
            owner.offerToMany(lease, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0));
        assertFalse(owner.isForwardable(lease));
        assertTrue(peer.isGivenShare(pair.handle, 0));
        assertFalse(owner.isGivenShare(pair.handle, 0));
        lease.release();
        assertEquals(0, owner.blocksOut());
        requireViolation("FREE", () -> pair.accept(received));

        owner.tryAcquire(10, lease);
        owner.offerToMany(lease, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0);
        pair.accept(received);
        lease.release();
        assertEquals(1, owner.blocksOut());
        received.release();
        owner.tend();
        assertEquals(0, owner.blocksOut());
    }

    /** It lives, and would be owed what it can not take any more: then all get the bytes. */
    @Test
    void shouldGiveNobodyAShareWhenOneOfThemLeavesTheArenaMeanwhile()
    {
        owner.tryAcquire(10, lease);
        lease.buffer().putLong(0, 66);
        pair.beforeOwnersChange = () -> peer.settle(Pair.OWNER, Pair.LOW);
        assertEquals(NodeLeases.NOT_ATTACHED,
            owner.offerToMany(lease, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0));
        assertEquals(66, lease.buffer().getLong(0));
        assertFalse(owner.isForwardable(lease));
        lease.release();
        owner.tend();
        assertEquals(0, owner.blocksOut());
    }

    /** What is broadcast is read later, and who reads it may have attached since. */
    @Test
    void shouldTakeNoShareThatWasGivenToADeadOneWhoHadTheSlotBefore()
    {
        owner.tryAcquire(10, lease);
        owner.offerToMany(lease, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0);
        assertTrue(peer.isGivenShare(pair.handle, 0));
        pair.peerMemory.abandon();
        assertTrue(owner.reclaim("peer", Pair.PEER, Pair.LOW));

        try (NodeLeases next = new NodeLeases("next", 33, Pair.LOW, CONFIG, pair.memory("next", 33), MeshOs.system()))
        {
            next.attach(pair.arena);
            assertEquals(1, owner.attachedCount());
            assertFalse(next.isGivenShare(pair.handle, 0));
        }
        lease.release();
    }

    /** What an older handle finds of a block that is shared anew is not its own. */
    @Test
    void shouldLeaveTheSharesOfALaterGenerationAlone()
    {
        final LeaseSegment segment = heldSegment();
        final int block = lease.block().block();
        owner.offerToMany(lease, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0);
        final long first = lease.block().word();
        lease.release();
        assertEquals(10, owner.tryAcquire(10, lease));
        assertEquals(block, lease.block().block());
        owner.offerToMany(lease, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0);
        final long second = lease.block().word();

        assertEquals(0, segment.sharers(block, first));
        assertFalse(segment.acceptShare(block, first, 1));
        segment.clearShares(block, first, -1L);
        assertEquals(0b11, segment.sharers(block, second));
        assertEquals(0b10, segment.given(block, second));
        pair.accept(received);
        received.release();
        lease.release();
    }

    private LeaseSegment heldSegment()
    {
        owner.tryAcquire(10, lease);
        return lease.block().segment();
    }

    @Test
    void shouldKeepABroadcastUntilTheLastLetsGo()
    {
        owner.tryAcquire(10, lease);
        lease.buffer().putLong(0, 77);
        assertEquals(NodeLeases.SHARES_LENGTH,
            owner.offerToMany(lease, new long[] {Pair.PEER, Pair.LOW}, 1, pair.handle, 0));
        pair.accept(received);
        lease.release();
        owner.tend();
        assertEquals(1, owner.blocksOut());
        assertEquals(77, received.buffer().getLong(0));
        assertFalse(peer.isForwardable(received));
        assertEquals(NodeLeases.NOT_ATTACHED, peer.offer(received, Pair.OWNER, Pair.LOW, pair.handle, 0));
        received.release();
        owner.tend();
        assertEquals(0, owner.blocksOut());
    }

    @Test
    void shouldLetADeadOwnersLeaseBeReadAndNotHandedOn()
    {
        owner.tryAcquire(10, lease);
        lease.buffer().putLong(0, 55);
        pair.offer(lease);
        pair.ownerMemory.abandon();
        assertTrue(peer.reclaim("owner", Pair.OWNER, Pair.LOW));
        pair.accept(received);
        assertEquals(0, peer.settle(Pair.OWNER, Pair.LOW));
        assertEquals(55, received.buffer().getLong(0));
        assertFalse(peer.isForwardable(received));
        assertEquals(NodeLeases.NOT_ATTACHED, peer.offer(received, Pair.OWNER, Pair.LOW, pair.handle, 0));
        received.release();
    }

    @Test
    void shouldKeepWhatIsHeldMappedAfterClose()
    {
        owner.tryAcquire(10, lease);
        final Lease sent = owner.acquire(10);
        pair.offer(sent);
        pair.accept(received);
        owner.close();
        peer.close();
        assertEquals(NodeLeases.CLOSED, owner.tryAcquire(10, sent));
        assertEquals(ErrorCode.NODE_CLOSED, assertThrows(MeshException.class, () -> owner.acquire(1)).code());
        lease.buffer().putLong(0, 1);
        received.buffer().putLong(0, 1);
        lease.release();
        received.release();
        assertEquals(0, owner.tend() + peer.tend());
        assertThrows(MeshException.class, () -> pair.accept(received));
    }

    @Test
    void shouldGiveASlotToTheNextWhoAttaches()
    {
        assertEquals(1, owner.attachedCount());
        peer.close();
        for (int i = 0; i < 3; i++)
        {
            owner.tend();
        }
        assertEquals(0, owner.attachedCount());
    }

    @Test
    void shouldValidateItsConfiguration()
    {
        assertThrows(MeshException.class, () -> new LeaseConfig(4095, 4096, 8192, 4096));
        assertThrows(MeshException.class, () -> new LeaseConfig(4096, 5000, 1 << 20, 1 << 20));
        assertThrows(MeshException.class, () -> new LeaseConfig(4096, 4096, 8191, 4096));
        assertThrows(MeshException.class, () -> new LeaseConfig(4096, 8192, 1 << 20, 4096));
        assertEquals(64 << 20, LeaseConfig.DEFAULT.arenaLengthMax());
    }
}
