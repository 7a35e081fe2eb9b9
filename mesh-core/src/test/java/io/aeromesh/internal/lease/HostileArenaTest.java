package io.aeromesh.internal.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.SharedRegion;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An arena into whose memory a process writes what it likes.
 */
@Timeout(60)
class HostileArenaTest
{
    private static final int SEGMENT_COUNT_OFFSET = 8;
    private static final int SEGMENT_OFFSET = 16512;
    private static final int SEGMENT_LENGTH = LeaseSegment.regionLength(4096, 4);
    private static final int CONTROLS_OFFSET = 128;
    private static final int CONTROL_LENGTH = 128;
    private static final int STAMP_OFFSET = 24;
    private static final int BLOCK_OFFSET = 32;

    private final Pair pair = new Pair(new LeaseConfig(16 * 1024, 16 * 1024, 64 * 1024, 32 * 1024));
    private final ArenaAddress address = pair.owner.address();
    private final UnsafeBuffer directory =
        pair.peerMemory.attach("owner", address.directoryId(), LeaseDirectory.REGION_LENGTH).buffer();

    @AfterEach
    void close()
    {
        pair.close();
    }

    /** Found by fuzzing: the owner took the directory's word for what it had made itself, and its agent ended. */
    @Test
    void shouldSettleWhenAPeerDeclaresSegmentsThatWereNeverMade()
    {
        directory.putInt(SEGMENT_COUNT_OFFSET, LeaseDirectory.SEGMENTS_MAX);

        assertEquals(0, pair.owner.settle(Pair.PEER, Pair.LOW));
    }

    @Test
    void shouldRefuseAHandleOfASegmentThatWasNeverMade()
    {
        final Lease lease = pair.owner.acquire(1);
        pair.offer(lease);
        directory.putInt(SEGMENT_COUNT_OFFSET, LeaseDirectory.SEGMENTS_MAX);
        pair.handle.putShort(STAMP_OFFSET, (short)7);

        final MeshException refused = assertThrows(MeshException.class,
            () -> pair.owner.accept(pair.handle, 0, new Lease(), Pair.PEER, Pair.LOW));

        assertEquals(ErrorCode.PROTOCOL_VIOLATION, refused.code());
        assertTrue(refused.getMessage().contains("segment=7"), refused.getMessage());
    }

    /** Found by fuzzing: the block was free and in hand at once. */
    @Test
    void shouldNotTakeBackABlockThatWasFreedAndThenOfferedAgainByAStranger()
    {
        final UnsafeBuffer segment =
            pair.peerMemory.attach("owner", directory.getLong(SEGMENT_OFFSET), SEGMENT_LENGTH).buffer();
        final Lease lease = pair.owner.acquire(1);
        pair.offer(lease);
        final int block = pair.handle.getInt(BLOCK_OFFSET);
        final long offered = segment.getLong(CONTROLS_OFFSET + CONTROL_LENGTH * block);
        segment.putLong(CONTROLS_OFFSET + CONTROL_LENGTH * block, BlockWord.free(offered));
        pair.owner.scan(0);
        assertEquals(0, pair.owner.blocksOut());
        segment.putLong(CONTROLS_OFFSET + CONTROL_LENGTH * block, offered);

        assertFalse(pair.owner.withdraw(lease, pair.handle, 0));

        assertFalse(lease.isHeld());
        assertEquals(0, pair.owner.blocksHeld());
    }

    /** Found by fuzzing. */
    @Test
    void shouldRefuseAShareOfABlockThatWasNotGivenAway()
    {
        final UnsafeBuffer segment =
            pair.peerMemory.attach("owner", directory.getLong(SEGMENT_OFFSET), SEGMENT_LENGTH).buffer();
        final Lease lease = pair.owner.acquire(1);
        pair.offer(lease);
        final int block = 1 - pair.handle.getInt(BLOCK_OFFSET);
        final int control = CONTROLS_OFFSET + CONTROL_LENGTH * block;
        pair.handle.putInt(BLOCK_OFFSET, block);
        final long word = segment.getLong(control);
        pair.handle.putShort(STAMP_OFFSET + Short.BYTES, (short)(BlockWord.generation(word) + 1));
        segment.putLong(control, BlockWord.shared(word, 1));
        segment.putLong(control + Long.BYTES, 1);

        final boolean isFree = pair.owner.blocksOut() == 1 && BlockWord.phase(word) == BlockWord.FREE;
        final MeshException refused = assertThrows(MeshException.class,
            () -> pair.owner.accept(pair.handle, 0, new Lease(), Pair.PEER, Pair.LOW));

        assertTrue(isFree, BlockWord.toString(word));
        assertTrue(refused.getMessage().contains("was not given away"), refused.getMessage());
    }

    /** Each is a mapping, and a peer asks for it. */
    @Test
    void shouldAttachToSoManyArenasAtMost()
    {
        while (pair.peer.attachmentCount() < LeaseAttachments.COUNT_MAX)
        {
            pair.peer.attach(copy());
        }

        final ArenaAddress oneMore = copy();
        final MeshException refused = assertThrows(MeshException.class, () -> pair.peer.attach(oneMore));

        assertEquals(ErrorCode.TABLE_FULL, refused.code());
        pair.peer.attach(address); // is attached already
    }

    private ArenaAddress copy()
    {
        final SharedRegion region = pair.ownerMemory.create(LeaseDirectory.REGION_LENGTH);
        region.buffer().putBytes(0, directory, 0, LeaseDirectory.REGION_LENGTH);
        return new ArenaAddress("owner", Pair.OWNER, Pair.LOW, region.id());
    }
}
