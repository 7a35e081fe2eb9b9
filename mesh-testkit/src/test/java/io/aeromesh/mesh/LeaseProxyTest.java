package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.sim.SimHost;
import io.aeromesh.sim.SimOs;
import io.aeromesh.sim.SimSkew;
import io.aeromesh.status.MeshCounter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Leases by hops between ends that share memory: what goes over the hops is a handle, whoever is on the way.
 */
class LeaseProxyTest
{
    private static final int LENGTH = 1 << 20;
    private final LeaseWorld world = new LeaseWorld(1);

    @AfterEach
    void close()
    {
        world.close();
    }

    private Channel[] pair()
    {
        return pair(ChannelSpec.to("b").mode(Mode.PROXY), ChannelSpec.to("a").mode(Mode.PROXY));
    }

    /** The relay shares nothing. */
    private Channel[] pair(final ChannelSpec toB, final ChannelSpec toA)
    {
        world.sharing("a", "ar");
        world.alone(LeaseConfig.DEFAULT, "relay", "ar", "rb");
        world.sharing("b", "rb");
        final Channel[] pair = {world.open("a", toB), world.open("b", toA)};
        world.connect(pair);
        world.mesh.run(100); // both know that they share memory
        return pair;
    }

    @Test
    void shouldHandOverTheVeryBlockByHopsAndGetItBack()
    {
        final Channel[] pair = pair();
        final Lease lease = world.acquire("a", LENGTH);
        lease.buffer().putLong(LENGTH - 8, 42);
        final long address = lease.buffer().addressOffset();

        final long position = world.send(pair[0], lease);
        final Lease there = world.receive(pair[1]);
        assertEquals(address, there.buffer().addressOffset());
        assertEquals(42, there.buffer().getLong(LENGTH - 8));
        world.send(pair[1], there);
        final Lease back = world.receive(pair[0]);

        assertEquals(address, back.buffer().addressOffset());
        back.release();
        assertEquals(ChannelPath.Kind.PROXY, pair[0].path().kind());
        world.mesh.runUntil("acknowledged", () -> pair[0].acknowledgedPosition() == position);
        world.requireAllMemoryBack();
        assertEquals(1, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
        assertEquals(1, world.counter("b", MeshCounter.LEASES_HANDED_OVER));
        assertEquals(0, world.counter("a", MeshCounter.LEASES_COPIED));
        assertEquals(0, world.counter("b", MeshCounter.LEASES_ARENA_BYTES), "no block for a copy");
    }

    @Test
    void shouldGetItBackByAChannelByWhichItGaveNone()
    {
        final Channel[] there = pair();
        final Channel here = world.mesh.node("a").open(ChannelSpec.to("b").named("back").mode(Mode.PROXY));
        final Channel back = world.mesh.node("b").open(ChannelSpec.to("a").named("back").mode(Mode.PROXY));
        world.connect(here, back);
        world.mesh.run(100);
        world.send(there[0], world.acquire("a", LENGTH));

        world.send(back, world.receive(there[1]));
        world.receive(here).release();

        world.requireAllMemoryBack();
        assertEquals(1, world.counter("b", MeshCounter.LEASES_HANDED_OVER));
    }

    @Test
    void shouldShowTheSameLeaseAgainAfterAnAbortAndKeepTheOrder()
    {
        final Channel[] pair = pair();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[16]);
        world.send(pair[0], world.acquire("a", 5000));
        world.mesh.runUntil("a message behind it", () -> pair[0].offer(message) > 0);
        final int[] shown = {0};
        world.mesh.runUntil("shown thrice", () ->
        {
            pair[1].controlledPoll((buffer, offset, length, origin) ->
            {
                shown[0]++;
                assertTrue(origin.isLease());
                assertEquals(5000, length);
                return Action.ABORT;
            }, 10);
            return shown[0] >= 3;
        });
        world.receive(pair[1]).release();
        world.mesh.runUntil("the message",
            () -> pair[1].poll((buffer, offset, length, origin) -> assertEquals(16, length), 10) == 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGetBackWhatWasNotReadWhenEitherEndCloses(final boolean senderCloses)
    {
        final Channel[] pair = pair(ChannelSpec.to("b").mode(Mode.PROXY).closeDrainNs(0),
            ChannelSpec.to("a").mode(Mode.PROXY).closeDrainNs(0));
        world.requireBackWhatWasNotRead(pair, senderCloses);
    }

    /** A handle that is good no more is no violation while the sender's goodbye is on its way. */
    @Test
    void shouldStopQuietlyAtLeasesThatTheSenderTookBack()
    {
        final Channel[] pair = pair(ChannelSpec.to("b").mode(Mode.PROXY).closeDrainNs(0),
            ChannelSpec.to("a").mode(Mode.PROXY));
        world.send(pair[0], world.acquire("a", 4096)); // attached by now
        world.receive(pair[1]).release();
        world.send(pair[0], world.acquire("a", 4096));
        world.mesh.run(100); // it has come
        world.requireQuietStop(pair[0], pair[1]);
    }

    /** The sender is asked whether its session lasts: if so, the handle was never good. */
    @Test
    void shouldEndTheSessionWithTheReasonWhenAHandleIsNotGood()
    {
        final KeptRegions kept = new KeptRegions(world.mesh.memory());
        world.sharing("a", "ar");
        world.alone(LeaseConfig.DEFAULT, "relay", "ar", "rb");
        world.mesh.node("b", config -> config.sharing(kept), "rb");
        final Channel left = world.open("a", ChannelSpec.to("b").mode(Mode.PROXY));
        final Channel right = world.open("b", ChannelSpec.to("a").mode(Mode.PROXY));
        world.connect(left, right);
        world.mesh.run(100);
        world.send(left, world.acquire("a", 4096));
        world.mesh.run(2_000); // it has come, and the memory is mapped
        final Runnable restore = kept.spoilOffers();
        assertEquals(0, right.poll(LeaseWorld.IGNORE, 10));
        restore.run(); // so that the sender gets it back

        world.mesh.runUntil("the report", () ->
        {
            right.poll(LeaseWorld.IGNORE, 10);
            left.poll(LeaseWorld.IGNORE, 10);
            return world.reports.size() == 2;
        });

        assertEquals(EndReason.PROTOCOL_ERROR, world.reports.get(0).reason(), world.reports::toString);
        assertTrue(
            world.mesh.node("b").errors().stream()
                .anyMatch(error -> error.contains("PROTOCOL_VIOLATION") &&
                    error.contains("handle of a lease of node 'a' is not good")),
            () -> world.mesh.node("b").errors().toString());
    }

    @Test
    void shouldStayUsableWhenTheOwnerTookALeaseBack()
    {
        final KeptRegions kept = new KeptRegions(world.mesh.memory());
        world.sharing("a", "ab");
        world.mesh.node("b", config -> config.sharing(kept), "ab");
        final Channel left = world.open("a", ChannelSpec.to("b").mode(Mode.PROXY));
        final Channel right = world.open("b", ChannelSpec.to("a").mode(Mode.PROXY));
        world.connect(left, right);
        world.mesh.run(100);
        world.send(left, world.acquire("a", 4096));
        final Lease held = world.receive(right);
        final Runnable restore = kept.spoilHeld();
        assertThrows(IllegalStateException.class, () -> right.transfer(held));
        restore.run();

        assertFalse(held.isHeld());
        assertTrue(right.offer(new UnsafeBuffer(new byte[8]), 0, 8) > 0, "a claim is left");
        world.mesh.kill("b"); // which is how the block comes back
        world.sharing("b", "ab");
        world.mesh.run(5_000);
    }

    @Test
    void shouldCopyToAPeerThatCanNotAttach()
    {
        world.sharing("a", "ar");
        world.alone(LeaseConfig.DEFAULT, "relay", "ar", "rb");
        world.mesh.node("b", config -> config.sharing(new NoArenas(world.mesh.memory())), "rb");
        final Channel left = world.open("a", ChannelSpec.to("b").mode(Mode.PROXY));
        final Channel right = world.open("b", ChannelSpec.to("a").mode(Mode.PROXY));
        world.connect(left, right);
        world.mesh.run(100);
        for (int i = 0; i < 3; i++)
        {
            final Lease lease = world.acquire("a", 20_000);
            lease.buffer().putInt(19_996, i);
            world.send(left, lease);
            final Lease there = world.receive(right);
            assertEquals(i, there.buffer().getInt(19_996));
            there.release();
        }
        world.requireAllMemoryBack();
        assertEquals(3, world.counter("a", MeshCounter.LEASES_COPIED));
        assertEquals(0, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
    }

    /** Without being asked: no two of them share memory, and an attempt would be an error at the other. */
    @Test
    void shouldCopyToAnotherHostWithoutAWord()
    {
        world.sharing("a", "ab");
        world.alone(LeaseConfig.DEFAULT, "b", "ab");
        final Channel left = world.open("a", ChannelSpec.to("b"));
        final Channel right = world.open("b", ChannelSpec.to("a"));
        world.connect(left, right);
        assertTrue(left.transfer(world.acquire("a", 100)) > 0);
        world.receive(right).release();
        assertEquals(List.of(), world.mesh.node("b").errors());
        assertEquals(List.of(), world.mesh.node("a").errors());
    }

    /** Found by simulation: the receiver had the owner's memory by the owner's doing, and did not know of the dead. */
    @Test
    void shouldGetBackWhatADeadNodeHandedOnToOneThatDidNotReadIt()
    {
        final SimHost host = world.mesh.newHost();
        final SplittableRandom random = new SplittableRandom(1);
        final UnaryOperator<NodeConfig> isOnHost =
            config -> config.sharing(world.mesh.memory())
                .os(new SimOs(world.mesh.clock(), random.split(), SimSkew.NONE, host));
        world.mesh.node("a", isOnHost, "ab", "ac");
        world.alone(LeaseConfig.DEFAULT, "relay", "rb", "rc");
        world.mesh.node("b", isOnHost, "ab", "rb");
        world.mesh.node("c", isOnHost, "ac", "rc");
        final Channel toB = world.open("a", ChannelSpec.to("b").mode(Mode.PROXY));
        final Channel fromA = world.open("b", ChannelSpec.to("a").mode(Mode.PROXY));
        final Channel toC = world.mesh.node("a").open(ChannelSpec.to("c").named("on").mode(Mode.PROXY));
        final Channel given = world.mesh.node("c").open(ChannelSpec.to("a").named("on").mode(Mode.PROXY));
        final Channel on = world.open("c", ChannelSpec.to("b").mode(Mode.PROXY));
        final Channel unread = world.open("b", ChannelSpec.to("c").mode(Mode.PROXY));
        world.connect(toB, fromA, toC, given, on, unread);
        world.mesh.run(100); // all know that they share memory
        world.send(toB, world.acquire("a", 100));
        world.receive(fromA).release();
        world.send(toC, world.acquire("a", 100));
        final Lease handedOn = world.receive(given);
        world.mesh.runUntil("the block is out", () -> world.counter("a", MeshCounter.LEASES_OUT) == 1);

        world.send(on, handedOn);
        world.mesh.kill("c"); // before the handle has left

        world.mesh.runUntil("the block is back", () ->
        {
            assertEquals(0, unread.poll(LeaseWorld.IGNORE, 1));
            return world.counter("a", MeshCounter.LEASES_OUT) == 0;
        });
    }

    /** What the dead has sent and has come is read, and only then is the rest of it settled. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDeliverWhatADeadSenderHadHandedOver(final boolean isOwner)
    {
        final Channel[] pair = pair();
        final int sender = isOwner ? 0 : 1;
        if (!isOwner)
        {
            for (int i = 0; i < 5; i++)
            {
                world.send(pair[0], world.acquire("a", 4096));
            }
        }
        for (int i = 0; i < 5; i++)
        {
            final Lease lease = isOwner ? world.acquire("a", 4096) : world.receive(pair[1]);
            lease.buffer().putInt(0, i);
            world.send(pair[sender], lease);
        }
        world.mesh.run(2_000); // they have come, and the memory is mapped
        final String dead = isOwner ? "a" : "b";
        world.mesh.kill(dead);
        world.sharing(dead, isOwner ? "ar" : "rb");
        final Channel survivor = pair[1 - sender];
        final int[] received = {0};
        world.mesh.run(5_000);

        world.mesh.runUntil("the report", () ->
        {
            survivor.poll((buffer, offset, length, origin) -> assertEquals(received[0]++, buffer.getInt(offset)), 1);
            return !world.reports.isEmpty();
        });

        assertEquals(5, received[0]);
        assertEquals(EndReason.PEER_RESTARTED, world.reports.get(0).reason(), world.reports::toString);
    }
}
