package io.aeromesh.internal.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.inproc.InprocMemory;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.SharedMemoryProvider;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three nodes hand blocks of the first on to each other in every way there is, and one of them dies before each single
 * change of shared memory. Whatever it was doing: no block is had by two, and all come back.
 */
class LeaseStepsTest
{
    private static final LeaseConfig CONFIG = new LeaseConfig(16 * 1024, 4096, 72 * 1024, 64 * 1024);
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;

    /** When the owner hears of a death. */
    enum Notice
    {
        AT_ONCE, AT_THE_END
    }

    /** Ends a node where it stands. */
    private static final class Killed extends RuntimeException
    {
        private static final long serialVersionUID = 1L;
    }

    /** A node, with what it would lose when it dies. */
    private static final class Node
    {
        final int index;
        final String name;
        final InprocMemory memory;
        final NodeLeases leases;
        final List<Lease> held = new ArrayList<>();
        long stepsLeft = Long.MAX_VALUE;
        boolean isDead;

        Node(final int index, final InprocMemoryProvider provider)
        {
            this.index = index;
            this.name = "node-" + (char)('a' + index);
            memory = (InprocMemory)provider.open(new SharedMemoryProvider.Context(
                name, "mesh", index + 1, 7, MeshOs.system(), Path.of("unused")));
            leases = new NodeLeases(name, index + 1, 7, CONFIG, memory, MeshOs.system(), this::step);
        }

        void step()
        {
            if (--stepsLeft < 0)
            {
                throw new Killed();
            }
        }
    }

    private static final class World
    {
        final InprocMemoryProvider provider = InprocMemoryProvider.isolated();
        final Node[] nodes = {new Node(A, provider), new Node(B, provider), new Node(C, provider)};
        final List<List<Deque<UnsafeBuffer>>> mail = new ArrayList<>();
        final Notice notice;
        final int victim;
        final ArenaAddress arena;
        boolean isTakenBack;

        World(final int victim, final long stepsLeft, final Notice notice)
        {
            this.victim = victim;
            this.notice = notice;
            for (int from = 0; from < nodes.length; from++)
            {
                mail.add(List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>()));
            }
            final Lease first = nodes[A].leases.acquire(1);
            arena = nodes[A].leases.addressOf(first);
            first.release();
            nodes[victim].stepsLeft = stepsLeft;
            act(B, () -> nodes[B].leases.attach(arena));
            act(C, () -> nodes[C].leases.attach(arena));
        }

        boolean isVictimDead()
        {
            return nodes[victim].isDead;
        }

        void act(final int actor, final Runnable action)
        {
            final Node node = nodes[actor];
            if (!node.isDead)
            {
                try
                {
                    action.run();
                }
                catch (final Killed killed)
                {
                    node.isDead = true;
                    node.memory.abandon();
                    if (Notice.AT_ONCE == notice)
                    {
                        mourn();
                    }
                }
            }
        }

        void mourn()
        {
            for (final Node node : nodes)
            {
                if (!node.isDead)
                {
                    final Deque<UnsafeBuffer> last = mail.get(victim).get(node.index);
                    while (!last.isEmpty())
                    {
                        receive(node, victim);
                    }
                    assertTrue(node.leases.reclaim(nodes[victim].name, victim + 1, 7));
                    node.leases.settle(victim + 1, 7);
                }
            }
        }

        void acquire(final int actor)
        {
            act(actor, () ->
            {
                final Lease lease = new Lease();
                if (nodes[actor].leases.tryAcquire(100, lease) >= 0)
                {
                    nodes[actor].held.add(lease);
                    check();
                }
            });
        }

        void give(final int from, final int to)
        {
            act(from, () ->
            {
                final Node node = nodes[from];
                if (node.held.isEmpty())
                {
                    return;
                }
                final Lease lease = node.held.get(0);
                final UnsafeBuffer handle = new UnsafeBuffer(new byte[NodeLeases.HANDLE_LENGTH]);
                int result = node.leases.offer(lease, to + 1, 7, handle, 0);
                if (result < 0)
                {
                    act(to, () -> nodes[to].leases.attach(arena)); // as it would be asked to, as the arena has grown
                    result = node.leases.offer(lease, to + 1, 7, handle, 0);
                }
                if (result < 0)
                {
                    assertEquals(NodeLeases.NOT_ATTACHED, result);
                    assertTrue(nodes[to].isDead || nodes[A].isDead || !node.leases.isForwardable(lease));
                    return;
                }
                node.held.remove(0);
                node.step(); // before the message is committed
                post(from, to, handle);
            });
        }

        void post(final int from, final int to, final UnsafeBuffer handle)
        {
            if (!nodes[to].isDead)
            {
                mail.get(from).get(to).add(handle);
            }
        }

        void giveAll(final int from, final int... to)
        {
            act(from, () ->
            {
                final Node node = nodes[from];
                if (node.held.isEmpty())
                {
                    return;
                }
                final long[] peers = new long[2 * to.length];
                for (int i = 0; i < to.length; i++)
                {
                    peers[2 * i] = to[i] + 1L;
                    peers[2 * i + 1] = 7;
                }
                final UnsafeBuffer handle = new UnsafeBuffer(new byte[NodeLeases.SHARES_LENGTH]);
                if (node.leases.offerToMany(node.held.get(0), peers, to.length, handle, 0) > 0)
                {
                    for (final int peer : to)
                    {
                        node.step();
                        post(from, peer, handle);
                    }
                }
            });
        }

        void take(final int actor, final int from)
        {
            act(actor, () ->
            {
                while (!mail.get(from).get(actor).isEmpty())
                {
                    receive(nodes[actor], from);
                }
            });
        }

        private void receive(final Node node, final int from)
        {
            final UnsafeBuffer handle = mail.get(from).get(node.index).peek();
            final Lease lease = new Lease();
            final boolean isAccepted = accepts(node, handle, from, lease);
            assertTrue(isAccepted || isTakenBack, "a handle was not good");
            mail.get(from).get(node.index).remove();
            if (isAccepted)
            {
                hold(node, handle, from, lease);
            }
        }

        private void hold(final Node node, final UnsafeBuffer handle, final int from, final Lease lease)
        {
            node.held.add(lease);
            check();
            assertFalse(accepts(node, handle, from, new Lease()), "a handle was good twice");
        }

        private boolean accepts(final Node node, final UnsafeBuffer handle, final int from, final Lease lease)
        {
            try
            {
                node.leases.accept(handle, 0, lease, from + 1, 7);
                return true;
            }
            catch (final MeshException ex)
            {
                assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code());
                return false;
            }
        }

        void release(final int actor)
        {
            act(actor, () ->
            {
                final Node node = nodes[actor];
                if (!node.held.isEmpty())
                {
                    node.held.get(0).release();
                    node.held.remove(0);
                }
            });
        }

        /** Nobody alive holds alone what another alive holds. */
        private void check()
        {
            final Set<String> alone = new HashSet<>();
            final Set<String> shares = new HashSet<>();
            for (final Node node : nodes)
            {
                for (final Lease lease : node.isDead ? List.<Lease>of() : node.held)
                {
                    final HeldBlock block = lease.block();
                    final String id = block.segment().index() + "/" + block.block();
                    assertTrue(block.isShared() ? !alone.contains(id) : alone.add(id) && !shares.contains(id), id);
                    if (block.isShared())
                    {
                        shares.add(id);
                    }
                }
            }
        }

        void finish()
        {
            nodes[victim].stepsLeft = Long.MAX_VALUE;
            if (isVictimDead() && Notice.AT_THE_END == notice)
            {
                mourn();
            }
            for (final Node node : nodes)
            {
                for (final Node other : nodes)
                {
                    take(node.index, other.index);
                }
            }
            for (final Node node : nodes)
            {
                while (!node.isDead && !node.held.isEmpty())
                {
                    release(node.index);
                }
            }
            if (!nodes[A].isDead)
            {
                requireAllBack();
            }
            for (final Node node : nodes)
            {
                if (!node.isDead)
                {
                    assertEquals(0, node.leases.blocksHeld());
                    node.leases.close();
                    node.memory.close();
                }
            }
        }

        private void requireAllBack()
        {
            final NodeLeases owner = nodes[A].leases;
            for (int i = 0; i < 5; i++)
            {
                owner.tend();
            }
            assertEquals(0, owner.blocksOut());
            assertEquals(0, owner.blocksCorrupt());
            assertEquals(isVictimDead() ? 1 : 2, owner.attachedCount());
            final List<Lease> all = new ArrayList<>();
            Lease lease = new Lease();
            while (owner.tryAcquire(4096, lease) >= 0)
            {
                nodes[A].held.add(lease);
                all.add(lease);
                lease = new Lease();
            }
            check();
            assertEquals(ALL_BLOCKS, all.size());
            all.forEach(Lease::release);
            nodes[A].held.clear();
        }
    }

    private static final int ALL_BLOCKS = 4 + 4; // one segment, and one of half of twice its blocks, as more do not fit

    private static void play(final World world)
    {
        // through all three, and back
        world.acquire(A);
        world.give(A, B);
        world.acquire(A);
        world.take(B, A);
        world.give(B, C);
        world.take(C, B);
        world.give(C, A);
        world.take(A, C);
        // to both, while one holds another
        world.give(A, C);
        world.take(C, A);
        world.giveAll(A, B, C);
        world.take(B, A);
        world.take(C, A);
        world.release(A);
        world.release(B);
        world.release(C);
        world.release(C);
        // shared by who was given it, with its owner among them
        world.acquire(A);
        world.give(A, B);
        world.take(B, A);
        world.giveAll(B, A, C);
        world.take(A, B);
        world.take(C, B);
        world.release(B);
        world.release(C);
        world.release(A);
        // taken back before all had it
        world.acquire(A);
        world.giveAll(A, B, C);
        world.take(B, A);
        world.isTakenBack = true;
        world.release(A);
        world.take(C, A);
        world.isTakenBack = false;
        world.release(B);
        world.release(C);
        // left on the way
        world.acquire(A);
        world.acquire(A);
        world.give(A, B);
        world.give(A, C);
        world.take(B, A);
        world.give(B, C);
    }

    @ParameterizedTest
    @CsvSource({"0,AT_ONCE", "1,AT_ONCE", "2,AT_ONCE", "0,AT_THE_END", "1,AT_THE_END", "2,AT_THE_END"})
    void shouldLoseNothingAndGiveNothingTwiceWhenKilledBetweenAnyTwoSteps(final int victim, final Notice notice)
    {
        boolean isKilled = true;
        int kills = 0;
        for (long steps = 0; isKilled; steps++)
        {
            final World world = new World(victim, steps, notice);
            play(world);
            isKilled = world.isVictimDead();
            world.finish();
            kills += isKilled ? 1 : 0;
        }
        assertTrue(kills >= 15, "only " + kills + " steps");
    }

    /** A checker that can not fail is a defect. */
    @Test
    void shouldSeeWhatIsLostWhenNobodyHearsOfADeath()
    {
        int lost = 0;
        for (long steps = 0; steps < 20; steps++)
        {
            final World world = new World(B, steps, Notice.AT_THE_END);
            play(world);
            world.nodes[A].leases.tend();
            lost += world.isVictimDead() && 0 != world.nodes[A].leases.blocksOut() ? 1 : 0;
        }
        assertTrue(lost > 5, "only " + lost);
    }

    @Test
    void shouldKeepWhatALiveNodeHas()
    {
        final World world = new World(B, Long.MAX_VALUE, Notice.AT_THE_END);
        world.acquire(A);
        world.give(A, B);
        world.take(B, A);
        assertFalse(world.nodes[A].leases.reclaim("node-b", 2, 7));
        world.nodes[A].leases.tend();
        assertEquals(1, world.nodes[A].leases.blocksOut());

        world.nodes[B].isDead = true;
        world.nodes[B].memory.abandon();
        assertTrue(world.nodes[A].leases.reclaim("node-b", 2, 7));
        assertEquals(0, world.nodes[A].leases.blocksOut());
    }
}
