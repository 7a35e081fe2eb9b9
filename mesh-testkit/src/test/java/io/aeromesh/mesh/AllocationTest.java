package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ChannelState;
import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import io.aeromesh.NodeConfig;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.inproc.InprocNetwork;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.sim.SimClock;
import io.aeromesh.sim.SimOs;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What three nodes {@code a – b – c} and the application, all on the test's thread, allocate once they are warm: send,
 * forward, receive, acknowledge; all threads of the JVM count. A bound that does not depend on the number of messages,
 * instead of 0, leaves room for what the JVM itself does; one object for each message would be a hundred times more.
 * The build runs it a second time without escape analysis. Ten million messages: {@code
 * -Dmesh.allocation.messages=10000000}.
 */
@Timeout(600)
class AllocationTest
{
    private static final int WARM_UP = 300_000;
    private static final int MESSAGES = Integer.getInteger("mesh.allocation.messages", 1_000_000);
    private static final int IDLE_CYCLES = 100_000;
    /** Code that is compiled anew makes some objects that it then has no more; one for each cycle would be far more. */
    private static final int IDLE_BYTES_MAX = 4096;
    private static final int BURST = 100;
    private static final int MESSAGE_LENGTH = 32;
    private static final long ALLOWED_BYTES = 64 * 1024;
    private static final long STEP_NS = 1_000;
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final SimClock clock = new SimClock();
    private final SplittableRandom random = new SplittableRandom(1);
    private final InprocNetwork network = new InprocNetwork();
    private final InprocMemoryProvider memory = InprocMemoryProvider.isolated();
    private final MeshNode a = node("a", "ab");
    private final MeshNode b = node("b", "ab", "bc");
    private final MeshNode c = node("c", "bc");
    private final UnsafeBuffer message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MESSAGE_LENGTH, 8));
    private MeshNode[] more = {};
    private int sent;
    private int received;
    private final MessageHandler handler = (buffer, offset, length, origin) -> received++;

    private MeshNode node(final String name, final String... links)
    {
        return node(NodeConfig.named(name).sharing(memory), links);
    }

    private MeshNode node(final NodeConfig named, final String... links)
    {
        NodeConfig config = named
            .invoked()
            .os(new SimOs(clock, random.split()))
            .provider(new InprocTransportProvider(network));
        for (final String link : links)
        {
            config = config.edge("inproc:" + link);
        }
        return MeshNode.launch(config);
    }

    @AfterEach
    void close()
    {
        clock.stepPerLook(STEP_NS * 1_000, () ->
        {});
        a.close();
        b.close();
        c.close();
        for (final MeshNode node : more)
        {
            node.close();
        }
    }

    private void cycle()
    {
        clock.advance(STEP_NS);
        a.doWork();
        b.doWork();
        c.doWork();
        for (final MeshNode node : more)
        {
            node.doWork();
        }
    }

    private void runUntil(final BooleanSupplier condition)
    {
        while (!condition.getAsBoolean())
        {
            cycle();
        }
    }

    private static long allocatedHere()
    {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /**
     * By all threads that live. Asking allocates some hundred bytes.
     */
    private static long allocatedBytes()
    {
        long sum = 0;
        for (final long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /** One turn of the application. */
    private interface Turn
    {
        void run(int limit);
    }

    private void requireNoAllocation(final Turn turn)
    {
        pump(turn, WARM_UP);
        final long before = allocatedBytes();
        pump(turn, MESSAGES);
        final long allocated = allocatedBytes() - before;
        assertEquals(sent, received);
        assertTrue(allocated < ALLOWED_BYTES, allocated + " bytes for " + MESSAGES + " messages");

        cycles(WARM_UP);
        final long beforeIdle = allocatedHere();
        cycles(IDLE_CYCLES);
        final long allocatedIdle = allocatedHere() - beforeIdle;
        assertTrue(allocatedIdle < IDLE_BYTES_MAX,
            () -> allocatedIdle + " bytes for " + IDLE_CYCLES + " idle cycles of three nodes");
    }

    private void pump(final Turn turn, final int messages)
    {
        final int end = sent + messages;
        while (received < end)
        {
            turn.run(Math.min(BURST, end - sent));
            cycle();
        }
    }

    private void cycles(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            cycle();
        }
    }

    @Test
    void shouldNotAllocateForOfferedMessages()
    {
        final Channel from = a.open(ChannelSpec.to("c").mode(Mode.PROXY));
        final Channel to = c.open(ChannelSpec.to("a").mode(Mode.PROXY));
        runUntil(() -> from.state() == ChannelState.CONNECTED && to.state() == ChannelState.CONNECTED);
        requireNoAllocation(limit ->
        {
            for (int i = 0; i < limit && from.offer(message, 0, MESSAGE_LENGTH) >= 0; i++)
            {
                sent++;
            }
            to.poll(handler, BURST);
        });
    }

    @Test
    void shouldNotAllocateForClaimedMessagesBothWays()
    {
        final Channel first = a.open(ChannelSpec.to("c").mode(Mode.PROXY));
        final Channel last = c.open(ChannelSpec.to("a").mode(Mode.PROXY));
        final MessageClaim claim = new MessageClaim();
        runUntil(() -> first.state() == ChannelState.CONNECTED && last.state() == ChannelState.CONNECTED);
        requireNoAllocation(limit ->
        {
            for (int i = 0; i < limit; i++)
            {
                final Channel from = (i & 1) == 0 ? first : last;
                if (from.tryClaim(MESSAGE_LENGTH, claim) < 0)
                {
                    break;
                }
                claim.buffer().putLong(claim.offset(), sent);
                claim.commit();
                sent++;
            }
            first.poll(handler, BURST);
            last.poll(handler, BURST);
        });
    }

    private void exchange(final Channel first, final Channel last, final int limit)
    {
        for (int i = 0; i < limit; i++)
        {
            if (((i & 1) == 0 ? first : last).offer(message, 0, MESSAGE_LENGTH) < 0)
            {
                break;
            }
            sent++;
        }
        first.poll(handler, BURST);
        last.poll(handler, BURST);
    }

    @Test
    void shouldNotAllocateForMessagesThatGoDirectlyBothWays()
    {
        final Channel first = a.open(ChannelSpec.to("c"));
        final Channel last = c.open(ChannelSpec.to("a"));
        final MessageHandler ignore = (buffer, offset, length, origin) ->
        {};
        runUntil(() ->
        {
            final boolean isJoined = first.path().isDirect() && last.path().isDirect();
            if (!isJoined)
            {
                first.offer(message, 0, MESSAGE_LENGTH);
                last.offer(message, 0, MESSAGE_LENGTH);
            }
            return first.poll(ignore, BURST) + last.poll(ignore, BURST) == 0 && isJoined;
        });
        requireNoAllocation(limit -> exchange(first, last, limit));
    }

    @Test
    void shouldNotAllocateForMessagesAlongADirectStreamBothWays()
    {
        more = new MeshNode[] {
            node(NodeConfig.named("s").sharing(), "st", "?direct=s"),
            node(NodeConfig.named("t").sharing(), "st", "?direct=t")};
        final Channel first = more[0].open(ChannelSpec.to("t"));
        final Channel last = more[1].open(ChannelSpec.to("s"));
        runUntil(() -> first.path().kind() == Kind.DIRECT_UDP && last.path().kind() == Kind.DIRECT_UDP);
        requireNoAllocation(limit -> exchange(first, last, limit));
    }

    @Test
    void shouldNotAllocateForLeasesThatAreHandedOverAndBack()
    {
        final Channel first = a.open(ChannelSpec.to("c"));
        final Channel last = c.open(ChannelSpec.to("a"));
        final Lease lease = a.leases().acquire(1 << 20);
        final Lease there = new Lease();
        final MessageHandler take = (buffer, offset, length, origin) -> origin.take(there);
        final MessageHandler takeBack = (buffer, offset, length, origin) ->
        {
            origin.take(lease);
            received++;
        };
        requireNoAllocation(limit ->
        {
            for (int i = 0; i < limit; i++)
            {
                sent += lease.isHeld() && first.transfer(lease) > 0 ? 1 : 0;
                last.poll(take, 1);
                if (there.isHeld())
                {
                    last.transfer(there);
                }
                first.poll(takeBack, 1);
            }
        });
        assertTrue(first.path().isDirect(), first.path().reason());
        lease.release();
    }

    @Test
    void shouldNotAllocateForLeasesThatAreCopied()
    {
        final Channel from = a.open(ChannelSpec.to("c").mode(Mode.PROXY));
        final Channel to = c.open(ChannelSpec.to("a").mode(Mode.PROXY));
        runUntil(() -> from.state() == ChannelState.CONNECTED && to.state() == ChannelState.CONNECTED);
        final Lease lease = new Lease();
        requireNoAllocation(limit ->
        {
            for (int i = 0; i < limit; i++)
            {
                if (!lease.isHeld() && a.leases().tryAcquire(MESSAGE_LENGTH, lease) < 0 || from.transfer(lease) < 0)
                {
                    break;
                }
                sent++;
            }
            to.poll(handler, BURST);
        });
    }

    @Test
    void shouldNotAllocateForBroadcasts()
    {
        final BroadcastChannel from = a.open(BroadcastSpec.named("news"));
        final BroadcastChannel near = b.open(BroadcastSpec.named("news"));
        final BroadcastChannel far = c.open(BroadcastSpec.named("news"));
        final MessageHandler ignore = (buffer, offset, length, origin) ->
        {};
        runUntil(() ->
        {
            from.poll(ignore, BURST);
            near.poll(ignore, BURST);
            far.poll(ignore, BURST);
            return from.members().size() == 2 && near.members().size() == 2 && far.members().size() == 2;
        });
        requireNoAllocation(limit ->
        {
            for (int i = 0; i < limit && from.offer(message, 0, MESSAGE_LENGTH) >= 0; i++)
            {
                sent++;
            }
            near.poll(ignore, BURST);
            far.poll(handler, BURST);
        });
    }

    /** A checker that can not fail is a defect. */
    @Test
    void shouldSeeOneSmallObjectForEachMessage()
    {
        final Object[] kept = new Object[1];
        final long before = allocatedBytes();
        for (int i = 0; i < MESSAGES; i++)
        {
            kept[0] = new Object();
        }
        assertTrue(allocatedBytes() - before > ALLOWED_BYTES);
    }
}
