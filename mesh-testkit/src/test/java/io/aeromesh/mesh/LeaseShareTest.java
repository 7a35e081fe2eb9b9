package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lease to many: members that share memory share one block, each with a share of its own; the others get copies.
 */
class LeaseShareTest
{
    private static final int LENGTH = 300_000;
    private final LeaseWorld world = new LeaseWorld(1);
    private final Map<String, BroadcastChannel> channels = new TreeMap<>();
    private final Map<String, Deque<Lease>> inboxes = new TreeMap<>();
    private final Set<String> deaf = new HashSet<>();
    private final Events events = new Events();
    private final List<SessionReport> left = events.ended;

    @AfterEach
    void close()
    {
        world.close();
    }

    private BroadcastSpec spec()
    {
        return BroadcastSpec.named("news").listener(events);
    }

    private BroadcastChannel open(final String name)
    {
        final BroadcastChannel channel = world.mesh.node(name).open(spec());
        channels.put(name, channel);
        return channel;
    }

    private BroadcastChannel source(final String... members)
    {
        world.sharing("a", "ab", "ac", "ad");
        final BroadcastChannel source = open("a");
        for (final String name : members)
        {
            join(name);
        }
        return source;
    }

    /** The fourth is on another host. */
    private void join(final String name)
    {
        if (name.equals("d"))
        {
            world.alone(LeaseConfig.DEFAULT, name, "a" + name);
        }
        else
        {
            world.sharing(name, "a" + name);
        }
        open(name);
        world.mesh.runUntil("joined", () -> channels.get("a").members().contains(name));
    }

    private Lease filled(final int first)
    {
        final Lease lease = world.acquire("a", LENGTH);
        lease.buffer().setMemory(0, LENGTH, (byte)first);
        return lease;
    }

    private void pollAll()
    {
        channels.forEach((name, channel) ->
        {
            if (!deaf.contains(name))
            {
                channel.poll((buffer, offset, length, origin) ->
                {
                    final Lease taken = new Lease();
                    origin.take(taken);
                    inboxes.computeIfAbsent(name, key -> new ArrayDeque<>()).add(taken);
                }, 1);
            }
        });
    }

    /** While all others receive too: who does not is evicted. */
    private Lease receive(final String name, final int first)
    {
        world.mesh.runUntil("a lease at " + name, () ->
        {
            pollAll();
            return !inboxes.getOrDefault(name, new ArrayDeque<>()).isEmpty();
        });
        final Lease taken = inboxes.get(name).remove();
        assertEquals(LENGTH, taken.length());
        for (int i = 0; i < LENGTH; i++)
        {
            if (taken.buffer().getByte(i) != (byte)first)
            {
                throw new AssertionError("byte " + i + " at " + name);
            }
        }
        return taken;
    }

    /** The first one has members attach, and is copied to them meanwhile; the memory is as large as it will be. */
    private void attach(final String... members)
    {
        final List<Lease> all = Stream.generate(() -> filled(0)).limit(8).toList();
        all.forEach(Lease::release);
        assertTrue(channels.get("a").transfer(filled(0)) > 0);
        for (final String name : members)
        {
            receive(name, 0).release();
        }
        world.mesh.run(2_000);
    }

    @Test
    void shouldShareOneBlockAmongMembersThatShareMemoryAndCopyToTheOther()
    {
        final BroadcastChannel source = source("b", "c", "d");
        attach("b", "c", "d");
        final long copied = world.counter("a", MeshCounter.LEASES_COPIED);
        final long arenas =
            world.counter("b", MeshCounter.LEASES_ARENA_BYTES) + world.counter("c", MeshCounter.LEASES_ARENA_BYTES);
        final Lease lease = filled(7);
        final long address = lease.buffer().addressOffset();
        final long position = source.transfer(lease);
        assertTrue(position > 0);
        assertFalse(lease.isHeld());

        final Lease b = receive("b", 7);
        final Lease c = receive("c", 7);
        final Lease d = receive("d", 7);
        assertEquals(address, b.buffer().addressOffset());
        assertEquals(address, c.buffer().addressOffset());
        assertTrue(address != d.buffer().addressOffset());
        world.mesh.runUntil("consumed by all", () ->
        {
            pollAll();
            return source.acknowledgedPosition() == position;
        });
        b.release();
        world.mesh.run(2_000);
        assertEquals(1, world.counter("a", MeshCounter.LEASES_OUT), "the other has its share still");
        assertEquals(7, c.buffer().getByte(LENGTH - 1));
        c.release();
        d.release();
        world.requireAllMemoryBack();

        assertEquals(1, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
        assertEquals(copied + 1, world.counter("a", MeshCounter.LEASES_COPIED));
        assertEquals(arenas, world.counter("b", MeshCounter.LEASES_ARENA_BYTES) +
            world.counter("c", MeshCounter.LEASES_ARENA_BYTES), "no block for a copy");
    }

    @Test
    void shouldTellThoseWithAShareThePositionThatTheSourceWasGiven()
    {
        final BroadcastChannel source = source("b", "d");
        attach("b", "d");
        final long position = source.transfer(filled(7));
        final Map<String, Long> told = new HashMap<>();

        world.mesh.runUntil("a lease at each", () ->
        {
            channels.forEach((name, channel) -> channel
                .poll((buffer, offset, length, origin) -> told.put(name, origin.position()), 1));
            return told.size() == 2;
        });

        assertEquals(Map.of("b", position, "d", position), told);
    }

    @Test
    void shouldSendNoBytesWhereAllShareMemory()
    {
        final BroadcastChannel source = source("b", "c");
        attach("b", "c");
        final long before = source.acceptedPosition();
        for (int i = 1; i <= 50; i++)
        {
            assertTrue(source.transfer(filled(i)) > 0);
            receive("b", i).release();
            receive("c", i).release();
        }
        assertEquals(before + 50 * 56, source.acceptedPosition());
        world.requireAllMemoryBack();
        assertEquals(1, world.counter("a", MeshCounter.LEASES_COPIED));
        assertEquals(50, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
    }

    /** What is before and behind a lease comes in its order, at those with a share and at the others. */
    @Test
    void shouldKeepTheOrderOfLeasesAndMessages()
    {
        final BroadcastChannel source = source("b", "d");
        attach("b", "d");
        final List<Integer> expected = new ArrayList<>();
        final Map<String, List<Integer>> received = Map.of("b", new ArrayList<>(), "d", new ArrayList<>());
        for (int i = 1; i <= 20; i++)
        {
            final int value = i;
            expected.add(value);
            final Lease lease = value % 3 == 0 ? filled(value) : null;
            world.mesh.runUntil("accepted", () ->
            {
                poll(received);
                return lease != null ? source.transfer(lease) > 0 :
                    source.offer(new UnsafeBuffer(new byte[] {(byte)value}), 0, 1) > 0;
            });
        }
        world.mesh.runUntil("all received", () ->
        {
            poll(received);
            return received.values().stream().allMatch(list -> list.size() == expected.size());
        });
        received.forEach((name, list) -> assertEquals(expected, list, name));
    }

    private void poll(final Map<String, List<Integer>> received)
    {
        received.forEach((name, list) -> channels.get(name).poll((buffer, offset, length, origin) ->
        {
            list.add((int)buffer.getByte(offset));
            assertEquals(length > 1, origin.isLease());
        }, 2));
    }

    /** One that dies gives back its own share, and nobody else's. */
    @Test
    void shouldGiveBackOnlyTheShareOfAHolderThatIsKilled()
    {
        final BroadcastChannel source = source("b", "c");
        attach("b", "c");
        assertTrue(source.transfer(filled(7)) > 0);
        final Lease b = receive("b", 7);
        final Lease c = receive("c", 7);
        deaf.add("b");
        assertTrue(source.transfer(filled(8)) > 0);
        receive("c", 8).release(); // which the other never reads
        world.mesh.kill("b");
        world.sharing("b", "ab");
        open("b");
        world.mesh.runUntil("joined again", () ->
        {
            source.poll(LeaseWorld.IGNORE, 1);
            return left.size() == 1 && source.members().size() == 2;
        });
        world.mesh.run(5_000);
        assertEquals(1, world.counter("a", MeshCounter.LEASES_OUT));
        assertEquals(7, c.buffer().getByte(0));
        assertTrue(b.isHeld());
        c.release();
        world.requireAllMemoryBack();
    }

    /** Its members go on with what they have taken, and stop quietly at what it has taken back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGetBackWhatWasNotReadWhenTheSourceOrAMemberCloses(final boolean sourceCloses)
    {
        final BroadcastChannel source = source("b", "c");
        attach("b", "c");
        assertTrue(source.transfer(filled(1)) > 0);
        final Lease held = receive("b", 1);
        receive("c", 1).release();
        for (int i = 2; i <= 5; i++)
        {
            assertTrue(source.transfer(filled(i)) > 0);
        }
        world.mesh.run(100);
        channels.get(sourceCloses ? "a" : "b").close();
        if (!sourceCloses)
        {
            deaf.add("b");
            for (int i = 2; i <= 5; i++)
            {
                receive("c", i).release();
            }
        }
        world.mesh.runUntil("the report", () ->
        {
            channels.values().forEach(channel -> channel.poll(LeaseWorld.IGNORE, 10));
            return left.size() >= (sourceCloses ? 2 : 1);
        });
        held.release();
        assertTrue(left.stream().allMatch(report -> report.reason() == EndReason.CLOSED_BY_PEER), left::toString);
        for (final String name : world.mesh.names())
        {
            assertEquals(List.of(), world.mesh.node(name).errors());
        }
    }

    /** It is gone before its members have read: that is the end of the session, and no violation. */
    @Test
    void shouldStopQuietlyAtSharesThatTheSourceTookBack()
    {
        final BroadcastChannel source = source("b", "c");
        attach("b", "c");
        assertTrue(source.transfer(filled(1)) > 0);
        assertTrue(source.transfer(filled(2)) > 0);
        world.mesh.run(2_000);
        deaf.addAll(Set.of("b", "c"));
        world.mesh.stop("a");
        channels.remove("a");
        deaf.clear();
        world.mesh.runUntil("the reports", () ->
        {
            pollAll();
            return left.stream().filter(report -> report.peer().equals("a")).count() == 2;
        });
        assertTrue(left.stream().noneMatch(report -> report.reason() == EndReason.PROTOCOL_ERROR), left::toString);
        assertEquals(List.of(), world.mesh.node("b").errors());
        assertEquals(Set.of("b", "c"), inboxes.keySet(), "those that attached");
        assertTrue(inboxes.values().stream().allMatch(Deque::isEmpty), "what was taken back");
    }

    @Test
    void shouldGiveBytesToWhoJoinsLaterWhereSomeIsRetained()
    {
        world.sharing("a", "ab", "ac");
        world.sharing("b", "ab");
        channels.put("a", world.mesh.node("a").open(spec().windowLength(64 * 1024).retainLength(16 * 1024)));
        channels.put("b", world.mesh.node("b").open(spec().windowLength(64 * 1024)));
        world.mesh.runUntil("joined", () -> channels.get("a").members().contains("b"));
        for (int i = 0; i < 3; i++)
        {
            final Lease lease = world.acquire("a", 3_000);
            lease.buffer().putInt(0, i);
            assertTrue(channels.get("a").transfer(lease) > 0);
            receiveShort("b", i);
            world.mesh.run(2_000);
        }
        assertEquals(2, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
        assertEquals(3, world.counter("a", MeshCounter.LEASES_COPIED));
        world.sharing("c", "ac");
        channels.put("c", world.mesh.node("c").open(
            spec().windowLength(64 * 1024).start(BroadcastSpec.Start.RETAINED)));
        for (int i = 0; i < 3; i++)
        {
            receiveShort("c", i);
        }
        world.mesh.stop("a"); // lets go of what it retains
    }

    /** Its share is named by what is retained, and it gave that back long ago. */
    @Test
    void shouldGiveTheBytesToWhoGaveItsShareBackAndComesAgain()
    {
        world.sharing("a", "ab");
        world.sharing("b", "ab");
        channels.put("a", world.mesh.node("a").open(spec().windowLength(64 * 1024).retainLength(16 * 1024)));
        for (int round = 0; round < 2; round++)
        {
            channels.put("b", world.mesh.node("b").open(
                spec().windowLength(64 * 1024).start(BroadcastSpec.Start.RETAINED)));
            world.mesh.runUntil("joined", () -> channels.get("a").members().contains("b"));
            for (int i = 0; i < 3; i++)
            {
                if (round == 0)
                {
                    final Lease lease = world.acquire("a", 3_000);
                    lease.buffer().putInt(0, i);
                    assertTrue(channels.get("a").transfer(lease) > 0);
                }
                receiveShort("b", i);
                world.mesh.run(2_000);
            }
            channels.get("b").close();
            world.mesh.runUntil("left", () ->
            {
                channels.get("a").poll(LeaseWorld.IGNORE, 1);
                return !channels.get("a").members().contains("b");
            });
        }
        assertEquals(2, world.counter("a", MeshCounter.LEASES_HANDED_OVER));
        assertTrue(left.stream().noneMatch(report -> report.reason() == EndReason.PROTOCOL_ERROR), left::toString);
        world.mesh.stop("a"); // lets go of what it retains
    }

    /** Short leases take little of the window, and there are only so many at a time. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEvictWhoKeepsLeasesFromBeingSent(final boolean areShared)
    {
        final BroadcastChannel source = source("b", "c");
        if (areShared)
        {
            attach("b", "c");
        }
        for (int sent = 0; sent < 3 * 64;)
        {
            final Lease lease = world.acquire("a", 100);
            if (source.transfer(lease) > 0)
            {
                sent++;
            }
            else
            {
                lease.release();
            }
            world.mesh.step();
            channels.get("b").poll(LeaseWorld.IGNORE, 10);
            assertTrue(world.mesh.steps() < 50_000, "one that reads nothing stops the source");
        }
        world.mesh.runUntil("told", () ->
        {
            source.poll(LeaseWorld.IGNORE, 1);
            return left.stream().anyMatch(report -> report.reason() == EndReason.EVICTED);
        });
        for (int i = 0; i < 500; i++)
        {
            world.mesh.step();
            channels.get("b").poll(LeaseWorld.IGNORE, 10); // the rest
        }
    }

    private void receiveShort(final String name, final int value)
    {
        final int[] received = {-1};
        world.mesh.runUntil("a lease at " + name, () ->
        {
            channels.get("a").poll(LeaseWorld.IGNORE, 1);
            channels.get(name).poll((buffer, offset, length, origin) ->
            {
                assertTrue(origin.isLease());
                received[0] = buffer.getInt(offset);
            }, 1);
            return received[0] >= 0;
        });
        assertEquals(value, received[0]);
    }

    /** A share is not handed on: whoever gets it from a member gets a copy. */
    @Test
    void shouldCopyAShareThatIsSentOn()
    {
        final BroadcastChannel source = source("b", "c");
        attach("b", "c");
        assertTrue(source.transfer(filled(7)) > 0);
        receive("c", 7).release();
        final Lease b = receive("b", 7);
        final long address = b.buffer().addressOffset();
        final Channel back = world.open("b", "a");
        final Channel there = world.open("a", "b");
        world.joinDirectly(back, there);
        world.send(back, b);
        final Lease again = world.receive(there);
        assertEquals(7, again.buffer().getByte(LENGTH - 1));
        assertTrue(address != again.buffer().addressOffset());
        again.release();
    }
}
