package io.aeromesh.internal.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.ChannelSpec;
import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.direct.DirectPipe.Role;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.os.MeshOs;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectPipeTest
{
    private static final int WINDOW = 4096;
    private static final int HOT_MESSAGE_MAX = 56;
    private static final LeasePeer NOBODY = new LeasePeer(
        new NodeLeases("self", 1, 1, LeaseConfig.DEFAULT, new PrivateMemory(), MeshOs.system()), 2, 2);
    private static final ControlledMessageHandler IGNORE =
        (buffer, offset, length, origin) -> Action.CONTINUE;

    private final UnsafeBuffer memory = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(DirectPipe.regionLength(WINDOW, 2 * WINDOW), 4096));
    private final DirectPipe creator = DirectPipe.of(memory, Role.CREATOR, WINDOW, 2 * WINDOW, "attacher", NOBODY);
    private final DirectPipe attacher = DirectPipe.of(memory, Role.ATTACHER, 2 * WINDOW, WINDOW, "creator", NOBODY);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[WINDOW]);
    private final MessageClaim claim = new MessageClaim();

    /** One direction, and what is under way in it. */
    private final class Flow
    {
        final DirectWriter writer;
        final DirectReader reader;
        final Queue<byte[]> underWay = new ArrayDeque<>();
        private int length;

        Flow(final DirectPipe from, final DirectPipe to)
        {
            writer = from.writer();
            reader = to.reader();
        }

        void begin(final long position)
        {
            assertFalse(reader.beginsAt(position));
            writer.begin(position);
            assertTrue(reader.beginsAt(position));
            reader.begin(position);
        }

        void send(final SplittableRandom random)
        {
            if (random.nextBoolean()) // else as long as the last
            {
                length = random.nextInt(4) == 0 ? random.nextInt(WINDOW / 2 - 8) : random.nextInt(70);
            }
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final long before = writer.acceptedPosition();
            final long result = random.nextBoolean() ? claim(bytes, random) :
                writer.offer(new UnsafeBuffer(bytes), 0, bytes.length);
            if (result == MessageSink.BACK_PRESSURED)
            {
                assertFalse(underWay.isEmpty(), "an empty ring takes any message");
                return;
            }
            assertEquals(before + (bytes.length + 15 & -8), result);
            underWay.add(bytes);
        }

        private long claim(final byte[] bytes, final SplittableRandom random)
        {
            while (random.nextInt(4) == 0 && tryClaim(bytes.length) > 0)
            {
                claim.buffer().setMemory(claim.offset(), bytes.length, (byte)-1);
                claim.abort();
            }
            final long result = tryClaim(bytes.length);
            if (result > 0)
            {
                claim.buffer().putBytes(claim.offset(), bytes);
                assertThrows(IllegalStateException.class, () -> tryClaim(bytes.length));
                claim.commit();
            }
            return result;
        }

        private long tryClaim(final int claimed)
        {
            return writer.tryClaim(claimed, claim, writer);
        }

        void receive(final SplittableRandom random)
        {
            reader.poll((buffer, offset, length, origin) ->
            {
                if (random.nextInt(8) == 0)
                {
                    return Action.ABORT;
                }
                final byte[] expected = underWay.remove();
                final byte[] found = new byte[length];
                buffer.getBytes(offset, found);
                assertArrayEquals(expected, found);
                return random.nextInt(4) == 0 ? Action.BREAK : random.nextBoolean() ? Action.COMMIT : Action.CONTINUE;
            }, random.nextInt(6));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldDeliverInOrderWhateverTheLengthsAndTurns(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Flow there = new Flow(creator, attacher);
        final Flow back = new Flow(attacher, creator);
        there.begin(0);
        back.begin(80);
        for (int i = 0; i < 200_000; i++)
        {
            final Flow flow = random.nextBoolean() ? there : back;
            if (random.nextBoolean())
            {
                flow.send(random);
            }
            else
            {
                flow.receive(random);
            }
        }
        assertTrue(there.reader.consumedPosition() > 100L * WINDOW);
        assertTrue(back.reader.consumedPosition() > 100L * WINDOW);
    }

    @Test
    void shouldAnswerAQuestionInTheSameLine()
    {
        creator.writer().begin(0);
        attacher.writer().begin(0);
        attacher.reader().begin(0);
        creator.reader().begin(0);
        final long ringBefore = memory.getLong(DirectLayout.RINGS_OFFSET);
        for (int i = 0; i < 100; i++)
        {
            assertTrue(creator.writer().offer(message, 0, HOT_MESSAGE_MAX) > 0);
            assertEquals(1,
                attacher.reader().poll((buffer, offset, length, origin) ->
                {
                    assertTrue(attacher.writer().offer(buffer, offset, length) > 0);
                    return Action.CONTINUE;
                }, 1));
            assertEquals(1, creator.reader().poll(IGNORE, 1));
        }
        assertEquals(ringBefore, memory.getLong(DirectLayout.RINGS_OFFSET), "the ring was not used");
    }

    @Test
    void shouldClaimInTheHotLineWhenItHasTheTurnAgain()
    {
        new Flow(creator, attacher).begin(0);
        new Flow(attacher, creator).begin(0);
        for (int i = 0; i < 2; i++)
        {
            for (int message = 0; message < 2; message++) // one in the line, and one that can not be there
            {
                assertTrue(creator.writer().tryClaim(32, claim, creator.writer()) > 0);
                assertEquals(message == 0, claim.offset() < DirectLayout.RINGS_OFFSET);
                claim.commit();
            }
            assertEquals(2, attacher.reader().poll(IGNORE, 2));
            assertTrue(attacher.writer().offer(message, 0, 8) > 0);
            assertEquals(1, creator.reader().poll(IGNORE, 1));
        }
    }

    @Test
    void shouldHaveALongestMessageWhoseLengthAHeaderCanSay()
    {
        final int longest = ChannelSpec.WINDOW_LENGTH_MAX / 2;
        assertEquals(longest,
            DirectLayout.length(DirectLayout.header(0, DirectLayout.record(DirectLayout.MESSAGE, longest))));
    }

    @Test
    void shouldNotTakeForARecordWhatAnEarlierLapLeftBehindANewOne()
    {
        final Flow flow = new Flow(creator, attacher);
        flow.begin(0);
        flow.writer.offer(message, 0, 8); // gives the turn away: all that follows goes through the ring
        assertEquals(1, flow.reader.poll(IGNORE, 10));
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++)
        {
            final int length = random.nextInt(200);
            final long end = flow.tryClaim(length);
            final int behind = claim.offset() + (length + 7 & -8);
            memory.putLong(behind, DirectLayout.header(end, DirectLayout.record(DirectLayout.MESSAGE, 16)));
            flow.writer.commit();
            assertEquals(1, flow.reader.poll(IGNORE, 10));
        }
        assertTrue(flow.writer.acceptedPosition() > 100L * WINDOW);
    }

    @Test
    void shouldHaveAZeroWhereTheNextRecordWillBeWhateverGoesThroughTheHotLine()
    {
        final Flow there = new Flow(creator, attacher);
        final Flow back = new Flow(attacher, creator);
        there.begin(0);
        back.begin(0);
        for (int length = 0; length <= HOT_MESSAGE_MAX; length++)
        {
            assertTrue(there.tryClaim(100) > 0);
            final int next = claim.offset() - 8;
            memory.setMemory(next + 8, 100, (byte)-1);
            there.writer.abort();
            assertEquals(0, memory.getLong(next));
            assertTrue(there.writer.offer(message, 0, length) > 0);
            assertEquals(1, there.reader.poll(IGNORE, 10));
            assertTrue(back.writer.offer(message, 0, 8) > 0);
            assertEquals(1, back.reader.poll(IGNORE, 10));
            assertEquals(0, memory.getLong(next));
        }
    }

    @Test
    void shouldSealAndBeginAgain()
    {
        final Flow flow = new Flow(creator, attacher);
        flow.begin(800);
        flow.writer.offer(message, 0, 8);
        final long seal = flow.writer.sealPosition();
        flow.writer.seal();

        assertEquals(1, flow.reader.poll(IGNORE, 10));
        assertEquals(seal, flow.reader.sealedAt());
        assertEquals(seal, flow.writer.consumedPosition());
        flow.begin(seal + 4096);
        flow.writer.offer(message, 0, 8);
        assertEquals(1, flow.reader.poll(IGNORE, 10));
    }

    @Test
    void shouldLeaveAnUncommittedClaimUnseen()
    {
        final Flow flow = new Flow(creator, attacher);
        flow.begin(0);
        flow.writer.offer(message, 0, 100);
        assertTrue(flow.tryClaim(100) > 0);
        memory.setMemory(claim.offset(), 50, (byte)-1);

        assertEquals(1, flow.reader.poll(IGNORE, 10));
        assertTrue(flow.reader.isDrained());
        assertThrows(IllegalStateException.class, () -> flow.tryClaim(8));
        assertThrows(MeshException.class, () ->
        {
            flow.writer.abort();
            flow.writer.offer(message, 0, WINDOW / 2);
        });
    }

    /**
     * Whatever a peer writes, this end reads within its own memory and stops, or goes on; it is neither led astray nor
     * does it throw.
     */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldSurviveAPeerThatWritesAnything(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        int failures = 0;
        for (int world = 0; world < 3_000; world++)
        {
            memory.setMemory(0, memory.capacity(), (byte)0);
            final DirectPipe own = DirectPipe.of(memory, Role.ATTACHER, 2 * WINDOW, WINDOW, "creator", NOBODY);
            final DirectPipe hostile = DirectPipe.of(memory, Role.CREATOR, WINDOW, 2 * WINDOW, "attacher", NOBODY);
            hostile.writer().begin(0);
            own.reader().begin(0);
            own.writer().begin(0);
            for (int i = 0; i < 40; i++)
            {
                hostile.writer().offer(message, 0, random.nextInt(200));
                final long word = switch (random.nextInt(4))
                {
                    case 0 -> random.nextLong();
                    case 1 -> DirectLayout.header(own.reader().consumedPosition(),
                        DirectLayout.record(random.nextInt(4), random.nextInt()));
                    case 2 -> DirectLayout.header(own.reader().consumedPosition(),
                        DirectLayout.record(random.nextInt(4), random.nextInt(WINDOW))) | DirectLayout.hotSide(true);
                    default -> random.nextInt(WINDOW);
                };
                memory.putLong(random.nextInt(3) == 0 ? 0 : random.nextInt(memory.capacity() / 8) * 8, word);
                own.reader().poll((buffer, offset, length, origin) ->
                {
                    assertTrue(offset >= 0 && length >= 0 && offset + length <= buffer.capacity());
                    return Action.CONTINUE;
                }, 10);
                final long accepted = own.writer().acceptedPosition();
                own.writer().offer(message, 0, random.nextInt(300));
                assertTrue(own.writer().consumedPosition() <= own.writer().acceptedPosition());
                assertTrue(own.writer().acceptedPosition() >= accepted);
            }
            failures += own.reader().failure() != null ? 1 : 0;
        }
        assertTrue(failures > 0, "some of it must have been found out");
        assertNotNull(message);
    }

    @Test
    void shouldEndAtAHandleThatIsForgedOrHasAnotherLength()
    {
        for (final int length : new int[] {NodeLeases.HANDLE_LENGTH, 8})
        {
            memory.setMemory(0, memory.capacity(), (byte)0);
            final DirectPipe hostile = DirectPipe.of(memory, Role.CREATOR, WINDOW, 2 * WINDOW, "attacher", NOBODY);
            final DirectPipe victim = DirectPipe.of(memory, Role.ATTACHER, 2 * WINDOW, WINDOW, "creator", NOBODY);
            hostile.writer().begin(0);
            victim.reader().begin(0);
            assertTrue(hostile.writer().offer(message, 0, length) > 0);
            memory.putLong(DirectLayout.HOT_OFFSET, memory.getLong(DirectLayout.HOT_OFFSET) | 1L << 31);

            assertEquals(0, victim.reader().poll(IGNORE, 10));

            assertTrue(victim.reader().failure().contains("handle of a lease"), victim.reader().failure());
            assertEquals(0, victim.reader().consumedPosition());
            assertEquals(0, victim.reader().poll(IGNORE, 10), "nothing more is read");
        }
    }
}
