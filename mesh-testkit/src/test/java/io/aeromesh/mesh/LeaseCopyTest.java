package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MessageSink;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Leases between nodes that share no memory: the bytes go through the window, straight from the block, and arrive in a
 * block of the receiver's own.
 */
class LeaseCopyTest
{
    private static final int LENGTH = (1 << 20) - 3;
    private static final int WINDOW = 64 * 1024;
    private LeaseWorld world = new LeaseWorld(1);

    @AfterEach
    void close()
    {
        world.close();
    }

    private Channel[] pair(final LeaseConfig right)
    {
        world.alone(LeaseConfig.DEFAULT, "a", "ar");
        world.alone(LeaseConfig.DEFAULT, "relay", "ar", "rb");
        world.alone(right, "b", "rb");
        final Channel[] pair = {
            world.open("a", ChannelSpec.to("b").windowLength(WINDOW)),
            world.open("b", ChannelSpec.to("a").windowLength(WINDOW))};
        world.connect(pair);
        return pair;
    }

    private Lease filled(final int length, final int first)
    {
        final Lease lease = world.acquire("a", length);
        for (int i = 0; i < length; i++)
        {
            lease.buffer().putByte(i, (byte)(first + i * 31));
        }
        return lease;
    }

    private static void check(final DirectBuffer buffer, final int length, final int first)
    {
        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(i) != (byte)(first + i * 31))
            {
                throw new AssertionError("byte " + i + " of " + length);
            }
        }
    }

    @Test
    void shouldSendAMebibyteThroughAWindowOf64KibibytesInOrderWithMessages()
    {
        final Channel[] pair = pair(LeaseConfig.DEFAULT);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[] {1, 2, 3});
        assertTrue(pair[0].offer(message) > 0);
        final long position = world.send(pair[0], filled(LENGTH, 5));
        assertEquals(position, pair[0].acceptedPosition());
        assertEquals(MessageSink.BACK_PRESSURED, pair[0].offer(message), "the lease fills the window");
        final List<Integer> lengths = new ArrayList<>();
        boolean isLast = false;
        final long[] positions = new long[1];

        while (lengths.size() < 3)
        {
            world.mesh.step();
            pair[1].poll((buffer, offset, length, origin) ->
            {
                lengths.add(length);
                assertEquals(length == LENGTH, origin.isLease());
                positions[0] = origin.position();
                if (origin.isLease())
                {
                    check(buffer, length, 5);
                    assertEquals(position, origin.position());
                }
            }, 1);
            isLast |= !isLast && pair[0].offer(message) > 0;
        }

        assertEquals(List.of(3, LENGTH, 3), lengths);
        world.mesh.runUntil("all acknowledged", () -> pair[0].acknowledgedPosition() == positions[0]);
        world.requireAllMemoryBack();
        assertEquals(1, world.counter("a", MeshCounter.LEASES_COPIED));
        assertEquals(0, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 4096, 4097, WINDOW - 8, WINDOW, WINDOW + 1})
    void shouldSendEveryLength(final int length)
    {
        final Channel[] pair = pair(LeaseConfig.DEFAULT);
        for (int i = 0; i < 5; i++)
        {
            world.send(pair[0], filled(length, i));
            final Lease lease = world.receive(pair[1]);
            assertEquals(length, lease.length());
            check(lease.buffer(), length, i);
            lease.release();
        }
    }

    @Test
    void shouldShowACopyAgainAfterAnAbort()
    {
        final Channel[] pair = pair(LeaseConfig.DEFAULT);
        final long position = world.send(pair[0], filled(100_000, 5));
        final int[] shown = {0};
        world.mesh.runUntil("shown thrice", () ->
        {
            pair[1].controlledPoll((buffer, offset, length, origin) ->
            {
                shown[0]++;
                return Action.ABORT;
            }, 10);
            return shown[0] == 3;
        });
        world.mesh.run(1000);
        assertTrue(pair[0].acknowledgedPosition() < position);

        final Lease lease = world.receive(pair[1]);

        check(lease.buffer(), 100_000, 5);
        lease.release();
        world.mesh.runUntil("acknowledged", () -> pair[0].acknowledgedPosition() == position);
    }

    @Test
    void shouldWaitWhileTheReceiverHasNoBlockAndGoOnWhenItHas()
    {
        final Channel[] pair = pair(LeaseWorld.SMALL);
        final List<Lease> held = new ArrayList<>();
        final Lease probe = new Lease();
        while (world.mesh.node("b").leases().tryAcquire(60_000, probe) > 0)
        {
            final Lease next = new Lease();
            probe.block().moveTo(next.block());
            held.add(next);
        }
        world.send(pair[0], filled(60_000, 1));
        for (int i = 0; i < 2000; i++)
        {
            world.mesh.step();
            assertEquals(0, pair[1].poll(LeaseWorld.IGNORE, 10));
        }

        held.get(0).release();
        final Lease lease = world.receive(pair[1]);

        check(lease.buffer(), 60_000, 1);
        lease.release();
        held.stream().skip(1).forEach(Lease::release);
    }

    @Test
    void shouldEndTheSessionWhenALeaseIsLongerThanTheReceiverCanTake()
    {
        final Channel[] pair = pair(LeaseWorld.SMALL);
        world.send(pair[0], filled(100_000, 1));

        world.mesh.runUntil("both reports", () ->
        {
            pair[0].poll(LeaseWorld.IGNORE, 1);
            pair[1].poll(LeaseWorld.IGNORE, 1);
            return world.reports.size() == 2;
        });

        assertEquals(EndReason.PROTOCOL_ERROR, world.reports.get(0).reason());
        assertEquals(EndReason.PROTOCOL_ERROR, world.reports.get(1).reason());
        final String error = world.mesh.node("b").errors().toString();
        assertTrue(error.contains("100000") && error.contains("65536"), error);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFreeAHalfTransferredLeaseAtBothEnds(final boolean senderCloses)
    {
        final Channel[] pair = pair(LeaseConfig.DEFAULT);
        world.send(pair[0], filled(LENGTH, 1));
        for (int i = 0; i < 50; i++)
        {
            world.mesh.step();
            assertEquals(0, pair[1].poll(LeaseWorld.IGNORE, 1));
        }
        assertTrue(pair[0].acknowledgedPosition() > 0, "the receiver has begun");

        final Channel closing = pair[senderCloses ? 0 : 1];
        final Channel other = pair[senderCloses ? 1 : 0];
        closing.close();
        world.mesh.run(5);
        world.mesh.clock().advance(ChannelSpec.CLOSE_DRAIN_NS_DEFAULT);
        world.mesh.runUntil("the report", () ->
        {
            other.poll(LeaseWorld.IGNORE, 0);
            return !world.reports.isEmpty() && closing.closeReport() != null;
        });

        assertEquals(EndReason.CLOSED_BY_PEER, world.reports.get(0).reason());
        assertTrue((senderCloses ? closing.closeReport() : world.reports.get(0)).unacknowledgedBytes() > 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldRepairWhatIsLostWhenTheWayBreaksInTheMiddle(final long seed)
    {
        world.close();
        world = new LeaseWorld(seed);
        final SplittableRandom random = new SplittableRandom(seed);
        world.alone(LeaseWorld.SMALL, "a", "ab?data-length=16384", "ac?data-length=16384");
        world.alone(LeaseWorld.SMALL, "b", "ab?data-length=16384", "bd?data-length=16384");
        world.alone(LeaseWorld.SMALL, "c", "ac?data-length=16384", "cd?data-length=16384");
        world.alone(LeaseWorld.SMALL, "d", "bd?data-length=16384", "cd?data-length=16384");
        final Channel left = world.open("a", ChannelSpec.to("d").windowLength(8192));
        final Channel right = world.open("d", ChannelSpec.to("a").windowLength(8192));
        world.connect(left, right);
        final LeasePump there = new LeasePump(left, right, world.mesh.node("a").leases(), random.split());
        final LeasePump back = new LeasePump(right, left, world.mesh.node("d").leases(), random.split());
        for (int i = 0; i < 40; i++)
        {
            final String cut = random.nextBoolean() ? "ab" : "cd";
            world.mesh.node(cut.substring(0, 1)).removeEdge("inproc:" + cut + "?data-length=16384");
            for (int steps = random.nextInt(300); steps > 0; steps--)
            {
                world.mesh.step();
                there.send(2);
                back.send(2);
                there.receive(random.nextInt(10));
                back.receive(random.nextInt(10));
            }
            world.mesh.node(cut.substring(0, 1)).addEdge("inproc:" + cut + "?data-length=16384");
        }
        final long delivered = there.delivered();

        world.mesh.runUntil("the rest", () ->
        {
            there.receive(10);
            back.receive(10);
            return there.isDelivered() && back.isDelivered();
        });

        there.close();
        back.close();
        assertTrue(delivered > 0);
        assertTrue(world.reports.isEmpty(), () -> world.reports.toString());
    }

    @Test
    void shouldNotEvictMembersThatAreInTheMiddleOfALeaseWhenAnotherJoins()
    {
        world.alone(LeaseConfig.DEFAULT, "a", "ab", "ac");
        world.alone(LeaseConfig.DEFAULT, "b", "ab");
        world.alone(LeaseConfig.DEFAULT, "c", "ac");
        final BroadcastChannel source = world.mesh.node("a").open(BroadcastSpec.named("news"));
        final BroadcastChannel first = world.mesh.node("b").open(BroadcastSpec.named("news"));
        world.mesh.runUntil("joined", () -> source.members().size() == 1);
        assertTrue(source.transfer(filled(LENGTH, 9)) > 0);
        final BroadcastChannel second = world.mesh.node("c").open(BroadcastSpec.named("news"));
        world.mesh.runUntil("the other has joined", () ->
        {
            source.poll(LeaseWorld.IGNORE, 1);
            second.poll(LeaseWorld.IGNORE, 1);
            return source.members().size() == 2;
        });
        final Lease lease = new Lease();

        world.mesh.runUntil("the lease", () ->
        {
            source.poll(LeaseWorld.IGNORE, 1);
            second.poll((buffer, offset, length, origin) -> assertFalse(true, "sent before it joined"), 1);
            first.poll((buffer, offset, length, origin) -> origin.take(lease), 1);
            return lease.isHeld();
        });

        check(lease.buffer(), LENGTH, 9);
        lease.release();
        assertEquals(2, source.members().size());
    }

    @Test
    void shouldBroadcastALeaseOnlyAsFarAsMembersHaveRoom()
    {
        world.alone(LeaseConfig.DEFAULT, "a", "ab");
        world.alone(LeaseConfig.DEFAULT, "b", "ab");
        final BroadcastChannel source = world.mesh.node("a").open(BroadcastSpec.named("news"));
        final BroadcastChannel member = world.mesh.node("b").open(BroadcastSpec.named("news"));
        world.mesh.runUntil("joined", () -> source.members().size() == 1);
        assertTrue(source.transfer(filled(LENGTH, 9)) > 0);
        final Lease lease = new Lease();

        world.mesh.run(2_000); // enough for all of it, if nothing held it back
        world.mesh.runUntil("the lease", () ->
        {
            member.poll((buffer, offset, length, origin) -> origin.take(lease), 1);
            return lease.isHeld();
        });

        check(lease.buffer(), LENGTH, 9);
        lease.release();
        assertEquals(0, world.counter("b", MeshCounter.UNKEPT_PACKETS), "packets beyond the window");
    }

    @Test
    void shouldCopyABroadcastToEveryMember()
    {
        world.alone(LeaseConfig.DEFAULT, "a", "ab", "ac");
        world.alone(LeaseConfig.DEFAULT, "b", "ab");
        world.alone(LeaseConfig.DEFAULT, "c", "ac");
        final List<BroadcastChannel> members = List.of("a", "b", "c").stream()
            .map(name -> world.mesh.node(name).open(BroadcastSpec.named("news"))).toList();
        world.mesh.runUntil("joined", () -> members.stream().allMatch(member -> member.members().size() == 2));
        final Lease lease = filled(LENGTH, 9);
        assertTrue(members.get(0).transfer(lease) > 0);
        assertFalse(lease.isHeld());
        final List<Lease> taken = List.of(new Lease(), new Lease());

        world.mesh.runUntil("both have it", () ->
        {
            for (int i = 0; i < 2; i++)
            {
                final Lease into = taken.get(i);
                members.get(i + 1).poll((buffer, offset, length, origin) -> origin.take(into), 1);
            }
            return taken.stream().allMatch(Lease::isHeld);
        });

        taken.forEach(one -> check(one.buffer(), LENGTH, 9));
        taken.forEach(Lease::release);
    }
}
