package io.aeromesh.internal.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MessageClaim;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.direct.DirectPipe.Role;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.os.MeshOs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What one end of a direct channel finds in the memory that the other one writes: where it ends, what can not be, and
 * whether somebody sleeps.
 */
class DirectEndsTest
{
    private static final int WINDOW = 4096;
    private static final int LONG = 100;
    private static final int LONG_RECORD = 112;
    private static final int MESSAGE_MAX = WINDOW / 2 - 8;
    private static final int RING_LENGTH = WINDOW + DirectLayout.RING_SLACK;
    private static final LeasePeer NOBODY = new LeasePeer(
        new NodeLeases("self", 1, 1, LeaseConfig.DEFAULT, new PrivateMemory(), MeshOs.system()), 2, 2);
    private static final ControlledMessageHandler IGNORE =
        (buffer, offset, length, origin) -> Action.CONTINUE;

    private final UnsafeBuffer memory = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(DirectPipe.regionLength(WINDOW, WINDOW), 4096));
    private final DirectWriter writer =
        DirectPipe.of(memory, Role.CREATOR, WINDOW, WINDOW, "attacher", NOBODY).writer();
    private final DirectReader reader =
        DirectPipe.of(memory, Role.ATTACHER, WINDOW, WINDOW, "creator", NOBODY).reader();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[WINDOW]);
    private final MessageClaim claim = new MessageClaim();

    @BeforeEach
    void begin()
    {
        writer.begin(0);
        reader.begin(0);
    }

    private void put(final int index, final long position, final int type, final int length)
    {
        memory.putLong(DirectLayout.RINGS_OFFSET + index,
            DirectLayout.header(position, DirectLayout.record(type, length)));
    }

    private void sendLong()
    {
        assertTrue(writer.offer(message, 0, LONG) > 0);
        assertEquals(1, reader.poll(IGNORE, 10));
    }

    private void sendUntilNoneFitsBeforeTheEnd()
    {
        for (int i = 0; i < (RING_LENGTH - DirectLayout.HEADER_LENGTH) / LONG_RECORD; i++)
        {
            sendLong();
        }
    }

    @Test
    void shouldSayWhetherAnythingThatWasCommittedIsLeft()
    {
        assertTrue(reader.isDrained());
        writer.offer(message, 0, LONG);
        assertFalse(reader.isDrained());
        assertEquals(1, reader.poll(IGNORE, 10));
        assertTrue(reader.isDrained());
        writer.offer(message, 0, 8);
        assertFalse(reader.isDrained());
        assertFalse(reader.isDrained(), "also when it has looked");
        assertEquals(1, reader.poll(IGNORE, 10));
        assertTrue(reader.isDrained());
    }

    @Test
    void shouldBeDrainedOnceItIsSealedWhateverTheRingHoldsThen()
    {
        sendLong();
        writer.seal();
        assertEquals(0, reader.poll(IGNORE, 10));
        put(LONG_RECORD + 8, reader.sealedAt(), DirectLayout.MESSAGE, 16);
        assertTrue(reader.isDrained());
        assertEquals(0, reader.poll(IGNORE, 10));
    }

    @Test
    void shouldEndAtARecordThatCanNotBe()
    {
        put(0, 0, DirectLayout.MESSAGE, 7);
        assertFailed("bad record: position=0, index=0, type=1, length=7, longest=" + (MESSAGE_MAX + 8));
    }

    @Test
    void shouldEndAtARecordThatIsTooLong()
    {
        put(0, 0, DirectLayout.MESSAGE, MESSAGE_MAX + 9);
        assertFailed("bad record: position=0, index=0, type=1, length=" + (MESSAGE_MAX + 9));
    }

    @Test
    void shouldTakeTheLongestRecord()
    {
        put(0, 0, DirectLayout.MESSAGE, MESSAGE_MAX + 8);
        assertEquals(1, reader.poll(IGNORE, 10));
        assertNull(reader.failure());
    }

    @Test
    void shouldEndAtARecordThatLeavesNoRoomForAHeader()
    {
        sendLong();
        final int records = (RING_LENGTH - LONG_RECORD) / LONG_RECORD - 1;
        for (int i = 0; i < records; i++)
        {
            sendLong();
        }
        final int index = (records + 1) * LONG_RECORD;
        final int left = RING_LENGTH - index;
        put(index, index, DirectLayout.MESSAGE, left);
        assertFailed("bad record: position=" + index + ", index=" + index);
    }

    @Test
    void shouldTakeARecordThatLeavesRoomForAHeader()
    {
        final int records = RING_LENGTH / LONG_RECORD - 1;
        for (int i = 0; i < records; i++)
        {
            sendLong();
        }
        final int index = records * LONG_RECORD;
        put(index, index, DirectLayout.MESSAGE, RING_LENGTH - index - 8);
        assertEquals(1, reader.poll(IGNORE, 10));
        assertNull(reader.failure());
    }

    @Test
    void shouldEndAtPaddingWhereNoneCanBe()
    {
        put(0, 0, DirectLayout.PADDING, RING_LENGTH);
        assertFailed("bad padding: position=0, index=0");
    }

    @Test
    void shouldEndAtPaddingThatDoesNotLeadToTheEnd()
    {
        sendLong();
        put(LONG_RECORD, LONG_RECORD, DirectLayout.PADDING, RING_LENGTH - LONG_RECORD - 8);
        assertFailed("bad padding: position=112, index=112");
    }

    @Test
    void shouldEndAtPaddingBehindPadding()
    {
        sendLong();
        put(LONG_RECORD, LONG_RECORD, DirectLayout.PADDING, RING_LENGTH - LONG_RECORD);
        put(0, LONG_RECORD, DirectLayout.PADDING, RING_LENGTH);
        assertFailed("bad padding: position=112, index=0");
    }

    @Test
    void shouldGoToTheStartOfTheRingBeforeAnythingIsThere()
    {
        sendUntilNoneFitsBeforeTheEnd();
        final long end = writer.acceptedPosition();
        put(0, end, DirectLayout.MESSAGE, LONG_RECORD); // what an earlier lap may have left
        assertTrue(writer.tryClaim(LONG, claim, writer) > 0);
        assertEquals(DirectLayout.RINGS_OFFSET + DirectLayout.HEADER_LENGTH, claim.offset());
        assertEquals(0, reader.poll(IGNORE, 10));
        assertNull(reader.failure());
        assertTrue(reader.isDrained());
        claim.abort();
        assertEquals(end, writer.acceptedPosition());
        assertTrue(writer.offer(message, 0, MESSAGE_MAX) > 0, "room that was gone past is not lost");
        assertEquals(1, reader.poll(IGNORE, 10));
        sendLong();
    }

    @Test
    void shouldSendThroughTheRingWhatComesBehindAPaddingAlsoWithTheTurn()
    {
        sendUntilNoneFitsBeforeTheEnd();
        assertTrue(writer.tryClaim(LONG, claim, writer) > 0);
        claim.abort();
        assertTrue(writer.tryClaim(8, claim, writer) > 0);
        assertEquals(DirectLayout.RINGS_OFFSET + DirectLayout.HEADER_LENGTH, claim.offset(),
            "a reader that has just looked at the ring would go past the padding by the hot line");
        claim.commit();
        assertTrue(writer.tryClaim(8, claim, writer) > 0);
        assertEquals(DirectLayout.HOT_OFFSET + DirectLayout.HEADER_LENGTH, claim.offset());
        claim.commit();
        assertEquals(2, reader.poll(IGNORE, 10));
        sendLong();
    }

    @Test
    void shouldEndAtAHotLineThatCanNotBe()
    {
        for (final int length : new int[] {7, DirectLayout.HOT_LENGTH_MAX + 1})
        {
            final DirectReader victim =
                DirectPipe.of(memory, Role.ATTACHER, WINDOW, WINDOW, "creator", NOBODY).reader();
            victim.begin(0);
            memory.putLong(DirectLayout.HOT_OFFSET, DirectLayout.hotSide(true) |
                DirectLayout.header(0, DirectLayout.record(DirectLayout.MESSAGE, length)));
            assertEquals(0, victim.poll(IGNORE, 10));
            assertTrue(victim.failure().startsWith("bad hot line: position=0"), victim.failure());
            assertTrue(victim.isDrained());
        }
    }

    private void assertFailed(final String expected)
    {
        final long position = reader.consumedPosition();
        assertEquals(0, reader.poll(IGNORE, 10));
        assertTrue(reader.failure().startsWith(expected), reader.failure());
        assertEquals(position, reader.consumedPosition());
        assertTrue(reader.isDrained(), "nothing more is to be had");
        assertEquals(0, reader.poll(IGNORE, 10));
    }

    @Test
    void shouldGoOnWhereTheRingIsWhenTheStreamComesBack()
    {
        sendLong();
        final int jump = 800;
        writer.begin(LONG_RECORD + jump);
        reader.begin(LONG_RECORD + jump);
        assertEquals(0, reader.poll(IGNORE, 10));
        sendLong();
        assertEquals(LONG_RECORD + jump + LONG_RECORD, reader.consumedPosition());
        assertEquals(reader.consumedPosition(), writer.consumedPosition());
        int sent = 0;
        while (writer.offer(message, 0, LONG) > 0)
        {
            sent++;
        }
        assertEquals((RING_LENGTH - DirectLayout.HEADER_LENGTH) / LONG_RECORD - 1, sent,
            "as much as there is room for");
        assertEquals(sent, reader.poll(IGNORE, sent + 1));
    }

    @Test
    void shouldSealBehindPaddingWhereNothingElseFits()
    {
        for (final int length : new int[] {MESSAGE_MAX, MESSAGE_MAX, RING_LENGTH - 2 * (MESSAGE_MAX + 8) - 16})
        {
            assertTrue(writer.offer(message, 0, length) > 0);
            assertEquals(1, reader.poll(IGNORE, 10));
        }
        assertEquals(RING_LENGTH - 8, writer.acceptedPosition(), "there is room for a header alone");
        final long behindRing = memory.getLong(DirectLayout.RINGS_OFFSET + RING_LENGTH);

        final long sealed = writer.sealPosition();
        writer.seal();

        assertEquals(0, reader.poll(IGNORE, 10));
        assertNull(reader.failure());
        assertEquals(sealed, reader.sealedAt());
        assertEquals(behindRing, memory.getLong(DirectLayout.RINGS_OFFSET + RING_LENGTH));
        writer.begin(sealed);
        reader.begin(sealed);
        sendLong();
    }

    @Test
    void shouldHaveConsumedWhatAHandlerThrowsAt()
    {
        assertTrue(writer.offer(message, 0, LONG) > 0);
        assertTrue(writer.offer(message, 0, LONG) > 0);
        final long[] seen = new long[1];
        assertThrows(IllegalArgumentException.class, () -> reader.poll((buffer, offset, length, origin) ->
        {
            seen[0] = origin.position();
            throw new IllegalArgumentException("the handler's own");
        }, 10));
        assertEquals(LONG_RECORD, seen[0]);
        assertEquals(LONG_RECORD, writer.consumedPosition());
        assertEquals(1, reader.poll(IGNORE, 10));
    }

    @Test
    void shouldRefuseEveryForbiddenLengthAlsoAsTheFirst()
    {
        final DirectWriter other = DirectPipe.of(memory, Role.ATTACHER, WINDOW, WINDOW, "creator", NOBODY).writer();
        other.begin(0);
        for (final int length : new int[] {-1, -8, -9, -(1 << 28) - 8, Integer.MIN_VALUE, MESSAGE_MAX + 1, 1 << 28,
            (1 << 28) + LONG, Integer.MAX_VALUE})
        {
            assertThrows(MeshException.class, () -> other.tryClaim(length, claim, other), () -> "length=" + length);
            assertFalse(other.hasClaim());
        }
        assertTrue(other.tryClaim(LONG, claim, other) > 0);
        other.commit();
        for (final int length : new int[] {-1, Integer.MIN_VALUE, MESSAGE_MAX + 1, (1 << 28) + LONG, Integer.MAX_VALUE})
        {
            for (int i = 0; i < 2; i++) // like the last one it must not pass for good
            {
                assertThrows(MeshException.class, () -> other.tryClaim(length, claim, other), () -> "length=" + length);
            }
        }
        assertThrows(NullPointerException.class, () -> other.tryClaim(LONG, null, other));
        assertFalse(other.hasClaim());
    }

    @Test
    void shouldFreeRoomWhileItPolls()
    {
        while (writer.offer(message, 0, LONG) > 0)
        {
            assertTrue(writer.acceptedPosition() <= RING_LENGTH);
        }
        final List<Long> freed = new ArrayList<>();
        reader.poll((buffer, offset, length, origin) ->
        {
            freed.add(writer.consumedPosition());
            return Action.CONTINUE;
        }, 1000);
        final int eighth = WINDOW / 8;
        for (int i = 0; i < freed.size(); i++)
        {
            final long behind = (long)i * LONG_RECORD - freed.get(i);
            assertTrue(behind >= 0 && behind <= eighth + LONG_RECORD, "at message " + i + " behind=" + behind);
        }
        assertEquals(writer.acceptedPosition(), writer.consumedPosition());
    }

    @Test
    void shouldFreeRoomAtOnceWhereTheHandlerSaysSo()
    {
        for (int i = 0; i < 3; i++)
        {
            assertTrue(writer.offer(message, 0, LONG) > 0);
        }
        final List<Long> freed = new ArrayList<>();
        reader.poll((buffer, offset, length, origin) ->
        {
            freed.add(writer.consumedPosition());
            return Action.COMMIT;
        }, 3);
        assertEquals(List.of(0L, 112L, 224L), freed);
    }

    @Test
    void shouldReadNoMoreThanItWasAskedFor()
    {
        for (int i = 0; i < 3; i++)
        {
            writer.offer(message, 0, LONG);
        }
        assertEquals(0, reader.poll(IGNORE, 0));
        assertEquals(2, reader.poll(IGNORE, 2));
        assertEquals(1, reader.poll(IGNORE, 2));
    }

    @Test
    void shouldRingNobodyWhoDoesNotPark()
    {
        final int[] rings = new int[1];
        final DirectParking parking = new DirectParking(memory, Role.CREATOR, writer, () -> rings[0]++);
        assertFalse(parking.ringsPeer());
        parking.ring();
        assertEquals(0, rings[0]);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(1), parking.sleepNsMax(), "nobody rings this end either");
    }

    @Test
    void shouldRingOnceWhoSleeps()
    {
        final int[] rings = new int[1];
        DirectParking.announce(memory, Role.ATTACHER);
        final DirectParking own = new DirectParking(memory, Role.ATTACHER, writer, null);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(1), own.sleepNsMax());
        final DirectParking peer = new DirectParking(memory, Role.CREATOR, writer, () -> rings[0]++);
        assertTrue(peer.ringsPeer());
        assertFalse(own.ringsPeer());
        assertEquals(Long.MAX_VALUE, own.sleepNsMax());

        peer.ring();
        assertEquals(0, rings[0], "it is awake");
        own.park();
        assertFalse(own.isRung());
        peer.ring();
        peer.ring();
        assertEquals(1, rings[0]);
        assertTrue(own.isRung());
        own.awake();
        peer.ring();
        assertEquals(1, rings[0]);
        assertFalse(own.isRung());
    }

    @Test
    void shouldRingAfterAClaimThatIsCommittedAndNotAfterOneThatIsAborted()
    {
        final int[] rings = new int[1];
        DirectParking.announce(memory, Role.ATTACHER);
        final DirectParking own = new DirectParking(memory, Role.ATTACHER, writer, null);
        final DirectParking peer = new DirectParking(memory, Role.CREATOR, writer, () -> rings[0]++);
        own.park();
        assertTrue(writer.tryClaim(LONG, claim, peer) > 0);
        claim.abort();
        assertEquals(0, rings[0]);
        assertEquals(LONG_RECORD, writer.tryClaim(LONG, claim, peer));
        claim.buffer().putInt(claim.offset(), 7);
        claim.commit();
        assertEquals(1, rings[0]);
        assertEquals(1, reader.poll((buffer, offset, length, origin) ->
        {
            assertEquals(7, buffer.getInt(offset));
            return Action.CONTINUE;
        }, 1));
    }
}
