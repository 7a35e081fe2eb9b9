package io.aeromesh.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.PacketHandler.Action;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every transport must do. Its test extends this class, supplies a provider, the configurations of the two ends
 * of one edge and a way to die, and adds what only it has, such as bad bytes.
 * <p>
 * The test thread runs the duty cycles of all ends, bounded by {@link #deadlineNs()}; there is no sleep. Tests that
 * need a capability are skipped without it, and {@link #expectedSkips()} must list it.
 */
@Timeout(120)
public abstract class TransportContract
{
    /** The lanes of an edge. */
    public enum LaneKind
    {
        /** {@link Edge#control()}. */
        CONTROL,
        /** {@link Edge#data()}. */
        DATA;

        Lane of(final Edge edge)
        {
            return CONTROL == this ? edge.control() : edge.data();
        }
    }

    private static final Set<Capability> TESTED = EnumSet.of(Capability.DEATH_NOTICE, Capability.MANY_NEIGHBOURS);
    private static final int POLL_LIMIT = 16;

    /** Removed after each test. */
    @TempDir
    protected Path tempDirectory;

    private final MeshOs os = MeshOs.system();
    private final List<ContractEnd> ends = new ArrayList<>();

    /**
     * Of the transport under test. Called for each end.
     */
    protected abstract TransportProvider provider();

    /**
     * Configuration of one end of the edge.
     */
    protected abstract EdgeConfig firstConfig();

    /**
     * Configuration of the other end.
     */
    protected abstract EdgeConfig secondConfig();

    /**
     * Makes an end die as suddenly as a killed process does: it says nothing to the peer, and what the kernel frees
     * for a dead process is freed. The end is not used after that, not even closed.
     */
    protected abstract void abandon(ContractEnd end);

    /**
     * URIs that {@link TransportProvider#parse} must refuse: a wrong key, not a number, out of range, a part missing.
     */
    protected abstract List<BadUri> badUris();

    /**
     * Capabilities that tests exist for and this transport lacks.
     */
    protected Set<Capability> expectedSkips()
    {
        return Set.of(Capability.MANY_NEIGHBOURS);
    }

    /**
     * Configurations of three ends that all see each other. Only with {@link Capability#MANY_NEIGHBOURS}.
     */
    protected List<EdgeConfig> manyConfigs()
    {
        throw new UnsupportedOperationException("no configurations of many neighbours");
    }

    /**
     * What a third end on a link of two is told, by {@link io.aeromesh.spi.Transport#attach} or by
     * {@link io.aeromesh.spi.EdgeListener#onMediumError}.
     */
    protected ErrorCode thirdEndError()
    {
        return ErrorCode.LINK_TAKEN;
    }

    /**
     * What a transport of a node is given.
     */
    protected TransportContext context(final String nodeName)
    {
        return new TransportContext(nodeName, os, baseDirectory(), TransportContext.Threading.INVOKED);
    }

    /**
     * Directory for shared files; made by the transport.
     */
    protected Path baseDirectory()
    {
        return tempDirectory.resolve("base");
    }

    /**
     * Longest time that a test waits for one thing, in nanoseconds.
     */
    protected long deadlineNs()
    {
        return 10_000_000_000L;
    }

    /**
     * Rounds of opening and closing in the search for leaks.
     */
    protected int leakRounds()
    {
        return 200;
    }

    /**
     * Makes an end, which is closed after the test.
     */
    protected final ContractEnd attach(final String nodeName, final EdgeConfig config)
    {
        final ContractEnd end =
            new ContractEnd(nodeName, provider().open(context(nodeName)), config, os.nanoClock());
        ends.add(end);
        return end;
    }

    /**
     * Makes the first end.
     */
    protected final ContractEnd attachFirst()
    {
        return attach("node-a", firstConfig());
    }

    /**
     * Makes the second end.
     */
    protected final ContractEnd attachSecond()
    {
        return attach("node-b", secondConfig());
    }

    /**
     * Runs the duty cycles of all ends until both have an edge that is up.
     */
    protected final void awaitUp(final ContractEnd one, final ContractEnd other)
    {
        await("edge up", () -> null != one.edge() && null != other.edge());
    }

    /**
     * Runs the duty cycles of all ends until the condition holds.
     *
     * @param what      for the report when it does not within {@link #deadlineNs()}.
     * @param condition to hold.
     */
    protected final void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = os.nanoClock().nanoTime();
        while (!condition.getAsBoolean())
        {
            doWork();
            if (os.nanoClock().nanoTime() - startNs > deadlineNs())
            {
                fail("no " + what + " within " + deadlineNs() + " ns: " + ends);
            }
            Thread.yield();
        }
    }

    /**
     * One duty cycle of all ends.
     */
    protected final void doWork()
    {
        for (final ContractEnd end : ends)
        {
            end.doWork();
        }
    }

    /**
     * Dies by {@link #abandon}.
     */
    protected final void die(final ContractEnd end)
    {
        abandon(end);
        end.abandoned();
    }

    /**
     * Sends a packet, running duty cycles while the lane has no room, without polling anything.
     */
    protected final void sendSoon(final Lane lane, final byte[] packet)
    {
        await("room for a packet of " + packet.length, () ->
        {
            final int result = PacketLog.send(lane, packet);
            assertTrue(result >= 0 || Lane.BACK_PRESSURED == result, () -> "claim returned " + result);
            return result >= 0;
        });
    }

    /**
     * Polls until so many packets were received in all.
     */
    protected final void awaitPackets(final Lane lane, final PacketLog log, final int count)
    {
        await(count + " packets", () ->
        {
            lane.poll(log, POLL_LIMIT);
            return log.size() >= count;
        });
        assertEquals(count, log.size());
    }

    /**
     * Closes all ends.
     */
    @AfterEach
    protected void closeEnds()
    {
        ends.forEach(ContractEnd::close);
        ends.clear();
    }

    @Test
    void shouldComeUpWhenFirstAttachesBeforeSecond()
    {
        final ContractEnd first = attachFirst();
        first.doWork();
        final ContractEnd second = attachSecond();

        awaitUp(first, second);

        assertSame(firstConfig().scheme(), first.medium().config().scheme());
        assertTrue(first.edge().peerAddress().length() > 0);
    }

    @Test
    void shouldComeUpWhenSecondAttachesBeforeFirst()
    {
        final ContractEnd second = attachSecond();
        for (int i = 0; i < 1000; i++)
        {
            second.doWork();
        }
        final ContractEnd first = attachFirst();

        awaitUp(first, second);
        assertEquals(1, first.ups().size());
        assertEquals(1, second.ups().size());
    }

    @ParameterizedTest
    @EnumSource(LaneKind.class)
    void shouldCarryPacketsOfAllLengthsInOrderBothWays(final LaneKind kind)
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);

        shouldCarryAllLengths(kind.of(first.edge()), kind.of(second.edge()));
        shouldCarryAllLengths(kind.of(second.edge()), kind.of(first.edge()));
    }

    private void shouldCarryAllLengths(final Lane from, final Lane to)
    {
        assertTrue(from.maxPacketLength() >= Edge.PACKET_LENGTH_MIN, () -> "longest is " + from.maxPacketLength());
        final PacketLog log = new PacketLog();
        int count = 0;
        for (final int length : lengths(from.maxPacketLength()))
        {
            final byte[] packet = PacketLog.packet(count, length);
            await("room", () ->
            {
                to.poll(log, POLL_LIMIT);
                return PacketLog.send(from, packet) >= 0;
            });
            count++;
        }
        awaitPackets(to, log, count);

        int number = 0;
        for (final int length : lengths(from.maxPacketLength()))
        {
            assertArrayEquals(PacketLog.packet(number, length), log.packets().get(number), "packet " + number);
            number++;
        }
    }

    private static List<Integer> lengths(final int longest)
    {
        final List<Integer> lengths = new ArrayList<>();
        for (int length = 0; length <= 70; length++)
        {
            lengths.add(length);
        }
        for (int length = 71; length < longest; length += 1 + longest / 97)
        {
            lengths.add(length);
        }
        for (int i = 0; i < 20; i++)
        {
            lengths.add(longest - i % 10);
        }
        return lengths;
    }

    @ParameterizedTest
    @EnumSource(LaneKind.class)
    void shouldShowNothingOfAnAbortedClaim(final LaneKind kind)
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Lane from = kind.of(first.edge());
        final PacketLog log = new PacketLog();

        for (int i = 0; i < 300; i++)
        {
            claimAndAbort(from, 1 + i % from.maxPacketLength());
            sendSoon(from, PacketLog.packet(i, 64));
            awaitPackets(kind.of(second.edge()), log, i + 1);
            assertArrayEquals(PacketLog.packet(i, 64), log.packets().get(i));
        }
    }

    private void claimAndAbort(final Lane lane, final int length)
    {
        await("room", () ->
        {
            final int offset = lane.tryClaim(length);
            if (offset < 0)
            {
                return false;
            }
            lane.buffer().setMemory(offset, length, (byte)0xFF);
            lane.abort();
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(LaneKind.class)
    void shouldBackPressureAFullLaneLoseNothingAndLeaveTheOtherLaneAlone(final LaneKind kind)
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Lane full = kind.of(first.edge());
        final LaneKind otherKind = LaneKind.CONTROL == kind ? LaneKind.DATA : LaneKind.CONTROL;
        final int length = Edge.PACKET_LENGTH_MIN;

        final int sent = fill(full, 0, length);
        assertTrue(full.available() < full.capacity() / 2, () -> "available " + full.available());

        final PacketLog otherLog = new PacketLog();
        for (int i = 0; i < 500; i++)
        {
            sendSoon(otherKind.of(first.edge()), PacketLog.packet(i, 100));
            awaitPackets(otherKind.of(second.edge()), otherLog, i + 1);
            assertArrayEquals(PacketLog.packet(i, 100), otherLog.packets().get(i));
        }

        final PacketLog log = new PacketLog();
        awaitPackets(kind.of(second.edge()), log, sent);
        for (int i = 0; i < sent; i++)
        {
            assertArrayEquals(PacketLog.packet(i, length), log.packets().get(i), "packet " + i);
        }
        await("drained lane", () ->
        {
            kind.of(second.edge()).poll(log, POLL_LIMIT);
            return full.available() >= full.capacity() / 2;
        });
        sendSoon(full, PacketLog.packet(sent, length));
        awaitPackets(kind.of(second.edge()), log, sent + 1);
    }

    /**
     * Sends until the lane refuses and goes on refusing.
     *
     * @return packets sent.
     */
    protected final int fill(final Lane lane, final int firstNumber, final int length)
    {
        int number = firstNumber;
        int refusals = 0;
        while (refusals < 1000)
        {
            final int result = PacketLog.send(lane, PacketLog.packet(number, length));
            if (result >= 0)
            {
                number++;
                refusals = 0;
                assertTrue((number - firstNumber) * (long)length <= 64L * lane.capacity(), "never full");
            }
            else
            {
                assertEquals(Lane.BACK_PRESSURED, result);
                refusals++;
            }
            doWork();
        }
        return number - firstNumber;
    }

    @ParameterizedTest
    @EnumSource(LaneKind.class)
    void shouldObeyTheHandlersActions(final LaneKind kind)
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Lane to = kind.of(second.edge());
        for (int i = 0; i < 12; i++)
        {
            sendSoon(kind.of(first.edge()), PacketLog.packet(i, 40 + i));
        }

        final PacketLog aborted = new PacketLog().answering(Action.ABORT);
        await("first packet", () ->
        {
            assertEquals(0, to.poll(aborted, POLL_LIMIT));
            return aborted.size() > 0;
        });
        assertEquals(0, to.poll(aborted, POLL_LIMIT));
        assertArrayEquals(PacketLog.packet(0, 40), aborted.packets().get(aborted.size() - 1));

        final PacketLog log = new PacketLog().answering(Action.BREAK);
        assertEquals(1, pollSome(to, log));
        assertEquals(1, log.size());
        assertEquals(1, pollSome(to, log.answering(Action.COMMIT), 1));
        assertEquals(1, pollSome(to, log.answering(Action.CONTINUE), 1));
        assertEquals(3, log.size());

        final RuntimeException thrown = new IllegalStateException("handler");
        final AtomicReference<RuntimeException> caught = new AtomicReference<>();
        await("packet 3", () ->
        {
            try
            {
                to.poll((buffer, offset, length) ->
                {
                    log.onPacket(buffer, offset, length);
                    throw thrown;
                }, POLL_LIMIT);
            }
            catch (final IllegalStateException ex)
            {
                caught.set(ex);
            }
            return null != caught.get();
        });
        assertSame(thrown, caught.get());
        assertEquals(4, log.size());

        log.answering(Action.COMMIT);
        await("8 packets", () ->
        {
            to.poll(log, 2);
            return log.size() >= 8;
        });
        log.answering(Action.CONTINUE);
        awaitPackets(to, log, 12);
        for (int i = 0; i < 12; i++)
        {
            assertArrayEquals(PacketLog.packet(i, 40 + i), log.packets().get(i), "packet " + i);
        }
    }

    private int pollSome(final Lane lane, final PacketLog log)
    {
        return pollSome(lane, log, POLL_LIMIT);
    }

    private int pollSome(final Lane lane, final PacketLog log, final int limit)
    {
        final int[] count = new int[1];
        await("packet", () ->
        {
            count[0] = lane.poll(log, limit);
            return count[0] > 0;
        });
        return count[0];
    }

    @Test
    void shouldTellPeerOfAClosedEdgeAndLetItDrain()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge closed = first.edge();
        final Edge survivor = second.edge();
        final int sent = sendSome(closed);

        first.closeEdge();

        await("edge down", () -> second.downs().contains(survivor));
        assertEquals(1, second.downs().size());
        assertTrue(second.reasons().get(0).length() > 0);
        shouldBeClosed(closed);
        shouldDrain(survivor, sent);
        assertEquals(Lane.CLOSED, survivor.data().tryClaim(8));
        assertEquals(Lane.CLOSED, survivor.control().tryClaim(8));
        survivor.close();
        shouldBeClosed(survivor);

        awaitUp(first, second);
        assertEquals(0, first.downs().size());
        assertNotSame(closed, first.edge());
        assertNotSame(survivor, second.edge());
        shouldCarryOne(first, second);
    }

    @Test
    void shouldTellPeerOfAClosedMediumAndLetItDrain()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge closed = first.edge();
        final Edge survivor = second.edge();
        final int sent = sendSome(closed);

        first.close();

        await("edge down", () -> second.downs().contains(survivor));
        shouldDrain(survivor, sent);
        survivor.close();
        shouldBeClosed(survivor);
        shouldBeClosed(closed);
    }

    @Test
    void shouldTellOfAPeersDeathAndLetItsPacketsBeDrained()
    {
        assumeCapability(Capability.DEATH_NOTICE);
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge survivor = second.edge();
        final int sent = sendSome(first.edge());

        die(first);

        await("edge down", () -> second.downs().contains(survivor));
        shouldDrain(survivor, sent);
        survivor.close();
        shouldBeClosed(survivor);
    }

    @Test
    void shouldComeUpAnewAfterEitherEndDied()
    {
        assumeCapability(Capability.DEATH_NOTICE);
        ContractEnd first = attachFirst();
        ContractEnd second = attachSecond();
        awaitUp(first, second);

        for (int round = 0; round < 6; round++)
        {
            final boolean isFirst = 0 == round % 2;
            final ContractEnd survivor = isFirst ? second : first;
            final Edge old = survivor.edge();
            sendSome(first.edge());
            sendSome(second.edge());
            die(isFirst ? first : second);
            await("edge down", () -> survivor.downs().contains(old));

            if (isFirst)
            {
                first = attachFirst();
            }
            else
            {
                second = attachSecond();
            }
            awaitUp(first, second);
            assertNotSame(old, survivor.edge());
            shouldCarryOne(first, second);
            old.close();
            shouldCarryOne(first, second);
        }
    }

    @Test
    void shouldLeakNothingOfAnOldGenerationIntoTheNext()
    {
        final ContractEnd first = attachFirst();
        ContractEnd second = attachSecond();
        awaitUp(first, second);
        for (int round = 0; round < 3; round++)
        {
            final Edge old = first.edge();
            sendSome(first.edge());
            sendSome(second.edge());
            second.close();
            await("edge down", () -> first.downs().contains(old));
            second = attachSecond();
            awaitUp(first, second);

            shouldCarryOne(first, second);
            assertEquals(Lane.CLOSED, old.data().tryClaim(8));
            old.close();
        }
    }

    private int sendSome(final Edge edge)
    {
        final int count = 6;
        for (int i = 0; i < count; i++)
        {
            sendSoon(edge.data(), PacketLog.packet(i, 200 + i));
            sendSoon(edge.control(), PacketLog.packet(i, 100 + i));
        }
        return count;
    }

    private void shouldDrain(final Edge edge, final int count)
    {
        final PacketLog data = new PacketLog();
        final PacketLog control = new PacketLog();
        awaitPackets(edge.data(), data, count);
        awaitPackets(edge.control(), control, count);
        for (int i = 0; i < count; i++)
        {
            assertArrayEquals(PacketLog.packet(i, 200 + i), data.packets().get(i));
            assertArrayEquals(PacketLog.packet(i, 100 + i), control.packets().get(i));
        }
        assertEquals(0, edge.data().poll(data, POLL_LIMIT));
        assertEquals(0, edge.control().poll(control, POLL_LIMIT));
    }

    private void shouldCarryOne(final ContractEnd first, final ContractEnd second)
    {
        for (final LaneKind kind : LaneKind.values())
        {
            shouldCarryOne(kind.of(first.edge()), kind.of(second.edge()));
            shouldCarryOne(kind.of(second.edge()), kind.of(first.edge()));
        }
    }

    private void shouldCarryOne(final Lane from, final Lane to)
    {
        final PacketLog log = new PacketLog();
        final byte[] packet = PacketLog.packet(77, 777);
        sendSoon(from, packet);
        awaitPackets(to, log, 1);
        assertArrayEquals(packet, log.packets().get(0));
    }

    private static void shouldBeClosed(final Edge edge)
    {
        final PacketLog log = new PacketLog();
        for (final LaneKind kind : LaneKind.values())
        {
            assertEquals(Lane.CLOSED, kind.of(edge).tryClaim(8));
            assertEquals(0, kind.of(edge).poll(log, POLL_LIMIT));
            assertEquals(0, kind.of(edge).available());
        }
        assertEquals(0, log.size());
    }

    @Test
    void shouldBearBeingClosedTwice()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge firstEdge = first.edge();
        final Edge secondEdge = second.edge();

        firstEdge.close();
        firstEdge.close();
        first.close();
        firstEdge.close();
        first.medium().close();
        await("edge down", () -> second.downs().contains(secondEdge));
        second.medium().close();
        secondEdge.close();
        second.close();

        shouldBeClosed(firstEdge);
        shouldBeClosed(secondEdge);
        assertEquals(0, first.downs().size());
    }

    @Test
    void shouldBearACloseFromWithinAHandler()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge edge = second.edge();
        sendSome(first.edge());
        final PacketLog log = new PacketLog();
        final PacketHandler closing = (final DirectBuffer buffer, final int offset, final int length) ->
        {
            second.closeEdge();
            return log.onPacket(buffer, offset, length);
        };

        await("packet", () ->
        {
            edge.data().poll(closing, 1);
            return log.size() > 0;
        });

        assertArrayEquals(PacketLog.packet(0, 200), log.packets().get(0));
        shouldBeClosed(edge);
        awaitUp(first, second);
    }

    @Test
    void shouldBearACloseWhileAClaimIsOutstanding()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge edge = first.edge();
        final Edge peerEdge = second.edge();
        final int dataOffset = edge.data().tryClaim(100);
        final int controlOffset = edge.control().tryClaim(100);
        assertTrue(dataOffset >= 0 && controlOffset >= 0);

        first.closeEdge();
        edge.data().buffer().setMemory(dataOffset, 100, (byte)1);
        edge.control().buffer().setMemory(controlOffset, 100, (byte)1);
        edge.data().commit();
        edge.control().abort();

        await("edge down", () -> second.downs().contains(peerEdge));
        shouldBeClosed(edge);
        assertEquals(0, peerEdge.data().poll(new PacketLog(), POLL_LIMIT));
    }

    @ParameterizedTest
    @EnumSource(LaneKind.class)
    void shouldRefuseALengthOutOfBounds(final LaneKind kind)
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Lane lane = kind.of(first.edge());
        final int tooLong = lane.maxPacketLength() + 1;

        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> lane.tryClaim(tooLong));
        assertTrue(ex.getMessage().contains(Integer.toString(tooLong)), ex.getMessage());
        assertTrue(ex.getMessage().contains(Integer.toString(lane.maxPacketLength())), ex.getMessage());
        assertThrows(IllegalArgumentException.class, () -> lane.tryClaim(-1));
        assertThrows(IllegalArgumentException.class, () -> lane.tryClaim(Integer.MAX_VALUE));
        shouldCarryOne(first, second);
    }

    @Test
    void shouldRefuseAThirdEndAndNotDisturbThePair()
    {
        final ErrorCode expected = thirdEndError();
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge firstEdge = first.edge();
        final Edge secondEdge = second.edge();

        try
        {
            final ContractEnd third = attach("node-c", secondConfig());
            await("refusal of the third", () -> third.hasError(expected));
            final String message = third.errors().get(0).getMessage();
            assertTrue(message.contains("node-a") && message.contains("node-b"), message);
            assertEquals(0, third.ups().size());
        }
        catch (final MeshException ex)
        {
            assertEquals(expected, ex.code());
            assertTrue(ex.getMessage().contains("node-a") && ex.getMessage().contains("node-b"), ex.getMessage());
        }

        shouldCarryOne(first, second);
        assertSame(firstEdge, first.edge());
        assertSame(secondEdge, second.edge());
        assertEquals(0, first.downs().size() + second.downs().size());
    }

    @Test
    void shouldParseItsOwnUri()
    {
        for (final EdgeConfig config : List.of(firstConfig(), secondConfig()))
        {
            final EdgeUri uri = EdgeUri.parse(config.toUri());
            assertEquals(provider().scheme(), uri.scheme());
            assertEquals(config, provider().parse(uri), config.toUri());
            assertEquals(config.toUri(), provider().parse(uri).toUri());
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAUri()
    {
        final List<BadUri> badUris = badUris();
        assertTrue(badUris.size() >= 4, "a wrong key, not a number, out of range, a part missing");
        for (final BadUri bad : badUris)
        {
            final MeshException ex = assertThrows(
                MeshException.class, () -> provider().parse(EdgeUri.parse(bad.uri())), bad.uri());
            assertEquals(ErrorCode.BAD_EDGE_CONFIG, ex.code());
            assertTrue(ex.getMessage().contains(bad.part()), ex.getMessage());
            assertTrue(ex.getMessage().contains("'" + bad.found() + "'"), ex.getMessage());
            assertTrue(ex.getMessage().contains("allowed is "), ex.getMessage());
        }
    }

    @Test
    void shouldSkipOnlyWhatIsExpected()
    {
        final Set<Capability> skipped = EnumSet.copyOf(TESTED);
        skipped.removeAll(provider().capabilities(firstConfig()));

        // a transport offers many neighbours by another configuration than that of two ends
        if (!expectedSkips().contains(Capability.MANY_NEIGHBOURS))
        {
            skipped.remove(Capability.MANY_NEIGHBOURS);
            assertEquals(3, manyConfigs().size());
        }
        assertEquals(expectedSkips(), skipped);
    }

    @Test
    void shouldLeakNothing() throws IOException
    {
        for (int round = 0; round < 1 + leakRounds() / 10; round++)
        {
            openAndClose();
        }
        final ProcessResources before = ProcessResources.now(tempDirectory);

        for (int round = 0; round < leakRounds(); round++)
        {
            openAndClose();
        }

        final int slack = leakRounds() / 10;
        final ProcessResources after = ProcessResources.now(tempDirectory);
        assertTrue(after.descriptors() <= before.descriptors() + slack &&
            after.threads() <= before.threads() + slack &&
            after.mappings() <= before.mappings(), () -> "before: " + before + ", after: " + after);
    }

    private void openAndClose()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        sendSome(first.edge());
        closeEnds();
    }

    @Test
    void shouldCarryBothWaysBetweenTwoThreads() throws InterruptedException
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final int count = 20_000;
        final long startNs = os.nanoClock().nanoTime();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final AtomicInteger unfinished = new AtomicInteger(2);

        final List<Thread> threads = new ArrayList<>();
        for (final ContractEnd end : List.of(first, second))
        {
            final DuplexTraffic traffic = new DuplexTraffic(end, count);
            threads.add(os.newThread("contract-" + end.nodeName(), () ->
            {
                try
                {
                    boolean isCounted = false;
                    while (unfinished.get() > 0 && null == failure.get())
                    {
                        if (!isCounted && traffic.isDone())
                        {
                            isCounted = true; // and goes on: the other end may still need this end's duty cycle
                            unfinished.decrementAndGet();
                        }
                        if (0 == traffic.doWork())
                        {
                            Thread.yield();
                        }
                        if (os.nanoClock().nanoTime() - startNs > 4 * deadlineNs())
                        {
                            throw new AssertionError("too slow: " + traffic);
                        }
                    }
                }
                catch (final Throwable ex)
                {
                    failure.compareAndSet(null, ex);
                }
            }));
        }
        for (final Thread thread : threads)
        {
            thread.start();
        }
        for (final Thread thread : threads)
        {
            thread.join();
        }

        if (null != failure.get())
        {
            fail("traffic failed: " + ends, failure.get());
        }
    }

    @Test
    void shouldGiveAPacketToOneNeighbourOnly()
    {
        assumeTrue(!expectedSkips().contains(Capability.MANY_NEIGHBOURS), "has no many neighbours");
        final List<EdgeConfig> configs = manyConfigs();
        final List<ContractEnd> many = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++)
        {
            assertTrue(provider().capabilities(configs.get(i)).contains(Capability.MANY_NEIGHBOURS));
            many.add(attach("node-" + (char)('a' + i), configs.get(i)));
        }
        await("edges among all", () -> many.stream().allMatch((end) -> end.edges().size() == configs.size() - 1));

        for (final LaneKind kind : LaneKind.values())
        {
            for (final ContractEnd sender : many)
            {
                for (final Edge edge : sender.edges())
                {
                    shouldBeSeenByOne(many, kind, edge);
                }
            }
        }
    }

    private void shouldBeSeenByOne(final List<ContractEnd> many, final LaneKind kind, final Edge edge)
    {
        final PacketLog log = new PacketLog();
        final byte[] packet = PacketLog.packet(5, 500);
        sendSoon(kind.of(edge), packet);
        await("packet at a neighbour", () -> pollAll(many, kind, log) && log.size() > 0);
        for (int i = 0; i < 1000; i++)
        {
            doWork();
            pollAll(many, kind, log);
        }
        assertEquals(1, log.size());
        assertArrayEquals(packet, log.packets().get(0));
    }

    private static boolean pollAll(final List<ContractEnd> many, final LaneKind kind, final PacketLog log)
    {
        for (final ContractEnd end : many)
        {
            for (final Edge edge : end.edges())
            {
                kind.of(edge).poll(log, POLL_LIMIT);
            }
        }
        return true;
    }

    private void assumeCapability(final Capability capability)
    {
        final boolean isOffered = provider().capabilities(firstConfig()).contains(capability);
        assumeTrue(isOffered, () -> "has no " + capability);
        assertNotNull(capability);
    }
}
