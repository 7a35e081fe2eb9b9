package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ChannelState;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.sim.SimHost;
import io.aeromesh.sim.SimOs;
import io.aeromesh.sim.SimSkew;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.status.MeshCounter;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Leases between nodes that share memory: the receiver gets the very block, and whatever happens to the channel or to
 * the nodes, each block ends with one holder or with its owner.
 */
class LeaseTransferTest
{
    private static final int LENGTH = 1 << 20;
    private LeaseWorld world = new LeaseWorld(1);

    @AfterEach
    void close()
    {
        world.close();
    }

    private Channel[] pair()
    {
        return pair(ChannelSpec.to("b"), ChannelSpec.to("a"));
    }

    private Channel[] pair(final ChannelSpec toB, final ChannelSpec toA)
    {
        world.sharing("a", "ab");
        world.sharing("b", "ab");
        final Channel[] pair = {world.open("a", toB), world.open("b", toA)};
        world.joinDirectly(pair[0], pair[1]);
        return pair;
    }

    @Test
    void shouldKeepWhatAClosedNodeHoldsUntilItIsReleased()
    {
        final Channel[] pair = pair();
        final MeshNode receiver = world.mesh.node("b");
        final Lease sent = world.acquire("a", LENGTH);
        sent.buffer().putLong(0, 77);
        world.send(pair[0], sent);
        final Lease held = world.receive(pair[1]);
        world.send(pair[0], world.acquire("a", 4096)); // not read

        world.mesh.stop("b");
        world.sharing("b", "ab");
        final Channel again = world.open("b", "a");
        world.mesh.runUntil("another session", () -> pair[0].poll(LeaseWorld.IGNORE, 10) >= 0 &&
            again.poll(LeaseWorld.IGNORE, 10) >= 0 && again.path().reason().contains("joined directly"));
        world.mesh.run(5_000);

        assertTrue(receiver.errors().stream().anyMatch(error -> error.contains("holds 1 lease(s) of others")),
            () -> receiver.errors().toString());
        assertEquals(1, world.counter("a", MeshCounter.LEASES_OUT));
        for (int i = 0; i < 20; i++)
        {
            final Lease other = world.acquire("a", LENGTH);
            other.buffer().putLong(0, i);
            other.release();
        }
        assertEquals(77, held.buffer().getLong(0), "given out while it is held");
        held.release();
        world.requireAllMemoryBack();
    }

    /** Else the owner would take its end for that of the holder. */
    @Test
    void shouldKeepItsNameWhenItCanNotLingerForWhatItHolds()
    {
        final SimHost host = world.mesh.newHost();
        world.sharing("a", "ab");
        world.mesh.node("b", config -> on(host, config).sharing(new NoLingering(world.mesh.memory())), "ab");
        final Channel left = world.open("a", "b");
        final Channel right = world.open("b", "a");
        world.joinDirectly(left, right);
        final Lease sent = world.acquire("a", LENGTH);
        sent.buffer().putLong(0, 77);
        world.send(left, sent);
        final Lease held = world.receive(right);

        world.mesh.stop("b");

        requireTaken(() -> world.mesh.node("b", config -> on(host, config), "ab"));
        requireTaken(() -> world.sharing("b", "ab")); // its memory, by which the owner tells who lives
        world.mesh.run(5_000);
        assertEquals(1, world.counter("a", MeshCounter.LEASES_OUT));
        for (int i = 0; i < 20; i++)
        {
            final Lease other = world.acquire("a", LENGTH);
            other.buffer().putLong(0, i);
            other.release();
        }
        assertEquals(77, held.buffer().getLong(0), "given out while it is held");
        held.release();
    }

    private static void requireTaken(final Executable start)
    {
        assertEquals(ErrorCode.NAME_TAKEN, assertThrows(MeshException.class, start).code());
    }

    private NodeConfig on(final SimHost host, final NodeConfig config)
    {
        return config.os(new SimOs(world.mesh.clock(), new SplittableRandom(2), SimSkew.NONE, host));
    }

    /** Memory of a node that gets no lock for what it would linger by. */
    private static final class NoLingering extends ForwardingMemoryProvider
    {
        NoLingering(final SharedMemoryProvider provider)
        {
            super(provider);
        }

        @Override
        protected SharedMemory change(final SharedMemory memory)
        {
            return new ForwardingMemory(memory)
            {
                @Override
                public Lingering linger()
                {
                    throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "no locks here");
                }
            };
        }
    }

    @Test
    void shouldHandOverTheVeryBlockAndGetItBackChanged()
    {
        final Channel[] pair = pair();
        final Lease lease = world.acquire("a", LENGTH);
        lease.buffer().putLong(LENGTH - 8, 42);
        final long address = lease.buffer().addressOffset();

        final long position = world.send(pair[0], lease);
        final Lease there = world.receive(pair[1]);
        assertFalse(lease.isHeld());
        assertEquals(LENGTH, there.length());
        assertEquals(address, there.buffer().addressOffset());
        assertEquals(42, there.buffer().getLong(LENGTH - 8));
        there.buffer().putLong(0, 43);
        world.send(pair[1], there);
        final Lease back = world.receive(pair[0]);

        assertEquals(address, back.buffer().addressOffset());
        assertEquals(43, back.buffer().getLong(0));
        assertEquals(position, pair[0].acceptedPosition());
        back.release();
        world.requireAllMemoryBack();
        assertEquals(1, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
        assertEquals(1, world.counter("b", MeshCounter.LEASES_HANDED_OVER));
        assertEquals(0, world.counter("a", MeshCounter.LEASES_COPIED));
        assertEquals(LENGTH, world.counter("a", MeshCounter.LEASE_BYTES_SENT));
    }

    @Test
    void shouldHandOnOverThreeNodesWithoutACopyAndReturnToTheOwner()
    {
        world.sharing("a", "ab");
        world.sharing("b", "ab", "bc");
        world.sharing("c", "bc");
        final Channel ab = world.open("a", "b");
        final Channel ba = world.open("b", "a");
        final Channel bc = world.open("b", "c");
        final Channel cb = world.open("c", "b");
        final Channel ca = world.open("c", "a");
        final Channel ac = world.open("a", "c");
        world.joinDirectly(ab, ba);
        world.joinDirectly(bc, cb);
        world.joinDirectly(ca, ac);
        final Lease atA = world.acquire("a", 5000);
        atA.buffer().putInt(4996, 7);
        final long address = atA.buffer().addressOffset();

        world.send(ab, atA);
        final Lease atB = world.receive(ba);
        world.send(bc, atB);
        final Lease atC = world.receive(cb);
        assertEquals(address, atC.buffer().addressOffset());
        world.send(ca, atC);
        final Lease again = world.receive(ac);

        assertEquals(address, again.buffer().addressOffset());
        assertEquals(7, again.buffer().getInt(4996));
        world.send(ab, again);
        world.send(bc, world.receive(ba));
        world.receive(cb).release(); // at the third node: the owner notices
        world.requireAllMemoryBack();
        assertEquals(0, world.counter("b", MeshCounter.LEASES_ARENA_BYTES), "nothing was copied");
    }

    @Test
    void shouldReleaseWhatTheHandlerDidNotTakeAlsoWhenItThrows()
    {
        final Channel[] pair = pair();
        world.send(pair[0], world.acquire("a", 100));
        world.send(pair[0], world.acquire("a", 100));
        world.mesh.run(10);

        assertEquals(1, pair[1].poll((buffer, offset, length, origin) -> assertTrue(origin.isLease()), 1));
        assertThrows(IllegalArgumentException.class, () -> pair[1].poll((buffer, offset, length, origin) ->
        {
            throw new IllegalArgumentException("application");
        }, 1));

        world.requireAllMemoryBack();
        assertEquals(pair[0].acceptedPosition(), pair[0].acknowledgedPosition());
    }

    @Test
    void shouldShowTheSameLeaseAgainAfterAnAbort()
    {
        final Channel[] pair = pair();
        final Lease lease = world.acquire("a", 100);
        lease.buffer().putLong(0, 1);
        world.send(pair[0], lease);
        pair[0].offer(new UnsafeBuffer(new byte[8]));
        final long before = pair[0].acknowledgedPosition();

        for (int i = 1; i <= 3; i++)
        {
            final long seen = i;
            assertEquals(0, pair[1].controlledPoll((buffer, offset, length, origin) ->
            {
                assertEquals(seen, buffer.getLong(offset));
                ((MutableDirectBuffer)buffer).putLong(offset, seen + 1);
                return Action.ABORT;
            }, 10));
            assertEquals(before, pair[0].acknowledgedPosition());
        }
        final Lease taken = world.receive(pair[1]);

        assertEquals(4, taken.buffer().getLong(0));
        assertEquals(1, pair[1].poll((buffer, offset, length, origin) -> assertFalse(origin.isLease()), 10));
        taken.release();
    }

    @Test
    void shouldRefuseMisuseAndStayUsable()
    {
        final Channel[] pair = pair();
        final Lease lease = world.acquire("a", 100);
        final UnsafeBuffer kept = (UnsafeBuffer)lease.buffer();
        final Lease foreign = world.acquire("b", 100);
        assertThrows(IllegalStateException.class, () -> pair[0].transfer(foreign), "held by another node");
        assertTrue(foreign.isHeld());
        foreign.release();
        assertThrows(IllegalStateException.class, () -> pair[0].transfer(new Lease()), "holds nothing");
        world.send(pair[0], lease);

        assertThrows(IllegalStateException.class, lease::buffer, "used after transfer");
        assertThrows(IllegalStateException.class, lease::release, "released after transfer");
        assertThrows(IllegalStateException.class, () -> pair[0].transfer(lease), "transferred twice");
        kept.putLong(0, -1);
        final Lease taken = world.receive(pair[1]);
        assertNotEquals(-1, taken.buffer().getLong(0), "what was kept of it is harmless");
        taken.release();
        assertThrows(IllegalStateException.class, taken::release, "released twice");

        world.send(pair[0], world.acquire("a", 100));
        assertThrows(IllegalStateException.class, () -> pair[1].controlledPoll((buffer, offset, length, origin) ->
        {
            origin.take(taken);
            assertThrows(IllegalStateException.class, () -> origin.take(new Lease()), "taken twice");
            return Action.ABORT;
        }, 1), "abort after take");
        taken.release();
        pair[0].offer(new UnsafeBuffer(new byte[8]));
        pair[1].poll((buffer, offset, length, origin) -> assertThrows(IllegalStateException.class,
            () -> origin.take(taken), "no lease"), 1);
        assertTrue(world.reports.isEmpty(), world.reports::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGetBackWhatWasNotReadWhenEitherEndCloses(final boolean senderCloses)
    {
        final Channel[] pair = pair(ChannelSpec.to("b").closeDrainNs(0), ChannelSpec.to("a").closeDrainNs(0));
        world.requireBackWhatWasNotRead(pair, senderCloses);
    }

    @Test
    void shouldStopQuietlyAtLeasesThatTheSenderTookBack()
    {
        world.sharing("a", "ar");
        world.sharing("relay", "ar", "rb");
        world.sharing("b", "rb");
        final Channel left = world.open("a", ChannelSpec.to("b").closeDrainNs(0));
        final Channel right = world.open("b", "a");
        world.joinDirectly(left, right);
        world.send(left, world.acquire("a", 4096));
        world.requireQuietStop(left, right);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGetAllBackWhenTheHolderOrTheOwnerDies(final boolean ownerDies)
    {
        final Channel[] pair = pair();
        final String dead = ownerDies ? "a" : "b";
        world.send(pair[0], world.acquire("a", 4096));
        final Lease held = world.receive(pair[1]);
        held.buffer().putLong(0, 5);
        for (int i = 0; i < 10; i++)
        {
            world.send(pair[0], world.acquire("a", 4096)); // not read
        }
        world.mesh.kill(dead);
        world.sharing(dead, "ab");
        final Channel again = world.open(dead, dead.equals("a") ? "b" : "a");
        final Channel survivor = pair[ownerDies ? 1 : 0];
        final int[] received = {0};

        world.mesh.runUntil("the report", () ->
        {
            survivor.poll((buffer, offset, length, origin) -> received[0]++, 100);
            return !world.reports.isEmpty();
        });

        assertEquals(ownerDies ? 10 : 0, received[0], "what the dead had committed");
        world.joinDirectly(survivor, again);
        if (ownerDies)
        {
            world.mesh.run(5000);
            assertEquals(5, held.buffer().getLong(0), "a dead owner's lease can be read");
            world.send(survivor, held); // and is copied
            final Lease copy = world.receive(again);
            assertEquals(5, copy.buffer().getLong(0));
            copy.release();
        }
    }

    /** A thread that uses memory of one instance says nothing about what a later one has sent. */
    @Test
    void shouldSettleALaterDeathWhileMemoryOfAnEarlierInstanceIsInUse()
    {
        final Channel[] first = pair(ChannelSpec.to("b").closeDrainNs(0), ChannelSpec.to("a"));
        final MessageClaim claim = new MessageClaim();
        assertTrue(first[0].tryClaim(8, claim) > 0);
        first[0].close();
        restart("b");
        final Channel toB = world.mesh.node("a").open(ChannelSpec.to("b").named("other").closeDrainNs(0));
        final Channel toA = world.mesh.node("b").open(ChannelSpec.to("a").named("other"));
        world.joinDirectly(toB, toA);
        world.send(toB, world.acquire("a", 4096));
        world.send(toA, world.receive(toA)); // back, and never read
        restart("b");
        world.mesh.runUntil("the end of the session", () -> toB.state() == ChannelState.SESSION_ENDED);
        toB.close();
        world.mesh.run(5_000);

        assertEquals(0, world.counter("a", MeshCounter.LEASES_OUT));
        claim.abort();
    }

    private void restart(final String name)
    {
        world.mesh.kill(name);
        world.sharing(name, "ab");
    }

    @Test
    void shouldWaitWhenTheReceiverHasAsMuchAsItMayAndGoOnWhenItReleases()
    {
        world.sharing(LeaseWorld.SMALL, "a", "ab");
        world.sharing("b", "ab");
        final Channel left = world.open("a", "b");
        final Channel right = world.open("b", "a");
        world.joinDirectly(left, right);
        final Lease[] held = new Lease[3];
        for (int i = 0; i < 3; i++)
        {
            world.send(left, world.acquire("a", 64 * 1024));
            held[i] = world.receive(right);
        }
        final Lease lease = world.acquire("a", 64 * 1024);
        assertEquals(MessageSink.BACK_PRESSURED, left.transfer(lease));
        assertTrue(lease.isHeld());

        held[0].release();
        world.send(left, lease);

        held[1].release();
        held[2].release();
        world.receive(right).release();
    }

    @Test
    void shouldCopyToAPeerThatCanNotAttachAndGoOnDirectly()
    {
        world.sharing("a", "ab");
        world.mesh.node("b", config -> config.sharing(new NoArenas(world.mesh.memory())), "ab");
        final Channel left = world.open("a", "b");
        final Channel right = world.open("b", "a");
        world.joinDirectly(left, right);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);
        for (int i = 0; i < 10; i++)
        {
            final Lease lease = world.acquire("a", 20_000);
            lease.buffer().putInt(19_996, i);
            world.send(left, lease);
            world.mesh.runUntil("a message behind it", () -> left.offer(message) > 0);
            final Lease there = world.receive(right);
            assertEquals(i, there.buffer().getInt(19_996));
            there.release();
            world.mesh.runUntil("the message",
                () -> right.poll((buffer, offset, length, origin) -> assertFalse(origin.isLease()), 1) == 1);
        }

        world.requireAllMemoryBack();
        assertTrue(left.offer(message) > 0);
        assertEquals(1, right.poll(LeaseWorld.IGNORE, 1));
        assertTrue(left.path().isDirect(), left.path().reason());
        assertEquals(10, world.counter("a", MeshCounter.LEASES_COPIED));
        left.mode(Mode.DIRECT);
        final Lease lease = world.acquire("a", 100);
        assertThrows(MeshException.class, () -> left.transfer(lease));
        assertTrue(lease.isHeld());
        lease.release();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldLoseRepeatAndReorderNothingWhenTheWayChangesAtRandomMoments(final long seed)
    {
        world.close();
        world = new LeaseWorld(seed);
        final SplittableRandom random = new SplittableRandom(seed);
        world.sharing(LeaseWorld.SMALL, "a", "ab");
        world.sharing(LeaseWorld.SMALL, "b", "ab");
        final Channel[] pair = {
            world.open("a", ChannelSpec.to("b").windowLength(8192)),
            world.open("b", ChannelSpec.to("a").windowLength(16384))};
        final LeasePump there = new LeasePump(pair[0], pair[1], world.mesh.node("a").leases(), random.split());
        final LeasePump back = new LeasePump(pair[1], pair[0], world.mesh.node("b").leases(), random.split());
        for (int i = 0; i < 400; i++)
        {
            pair[random.nextInt(2)].mode(random.nextBoolean() ? Mode.AUTO : Mode.PROXY);
            for (int steps = random.nextInt(40); steps > 0; steps--)
            {
                world.mesh.step();
                there.send(random.nextInt(4));
                back.send(random.nextInt(4));
                there.receive(random.nextInt(10));
                back.receive(random.nextInt(10));
            }
        }

        pair[0].mode(Mode.AUTO);
        pair[1].mode(Mode.AUTO);
        world.mesh.runUntil("the rest", () ->
        {
            there.receive(10);
            back.receive(10);
            return there.isDelivered() && back.isDelivered();
        });
        there.close();
        back.close();
        assertTrue(world.reports.isEmpty(), () -> world.reports.toString());
        assertTrue(world.counter("a", MeshCounter.LEASES_HANDED_OVER) > 0);
    }
}
