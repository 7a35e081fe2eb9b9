package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimHost;
import io.aeromesh.sim.SimOs;
import io.aeromesh.sim.SimSkew;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The kernel tells of the end of a process by a way of its own, which overtakes what the process has said before by
 * others. All that is heard first, so that a clean end is not taken for a death.
 */
class LastWordsTest
{
    /** Of the creator, in the memory of a direct channel. */
    private static final int FAREWELL_OFFSET = 272;
    private static final int LEASE_LENGTH = 1_000;
    /** Sent one by one, more than are read of a lane at a time. */
    private static final int MANY = 100;

    private final TestMesh mesh = new TestMesh(1);
    private final SimHost host = mesh.sim().newHost();
    private final HeldLanes lanes = new HeldLanes();
    private final Events events = new Events();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private int received;
    private long seed;

    LastWordsTest()
    {
        mesh.sim().wrap(lanes);
    }

    @AfterEach
    void close()
    {
        mesh.close();
    }

    private MeshNode on(final String name, final String... links)
    {
        return on(name, mesh.sim().memory(), os -> os, links);
    }

    private MeshNode on(
        final String name, final SharedMemoryProvider memory, final UnaryOperator<MeshOs> change, final String... links)
    {
        final MeshOs os = new SimOs(mesh.sim().clock(), new SplittableRandom(++seed), SimSkew.NONE, host);
        final UnaryOperator<NodeConfig> config = of -> of.os(change.apply(os)).sharing(memory);
        return mesh.node(name, config, links);
    }

    /** Which does not wait for its peer when it is closed. */
    private Channel hasty(final String from, final String to)
    {
        return mesh.open(from, ChannelSpec.to(to).closeDrainNs(0));
    }

    private Channel listening(final String from, final String to)
    {
        return mesh.open(from, ChannelSpec.to(to).listener(events));
    }

    private void offer(final Channel channel, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertTrue(channel.offer(message) > 0);
        }
    }

    private boolean hasEnded(final Channel channel)
    {
        return hasEnded(channel, 10);
    }

    private boolean hasEnded(final Channel channel, final int limit)
    {
        received += channel.poll((buffer, offset, length, origin) ->
        {}, limit);
        return !events.ended.isEmpty();
    }

    private void untilEnded(final Channel channel)
    {
        mesh.runUntil("the report", () -> hasEnded(channel));
    }

    @Test
    void shouldTellACleanEndWhenTheProcessIsKnownToBeGoneBeforeARelayPassesItsCloseOn()
    {
        on("a", "ar");
        mesh.node("relay", "ar", "rb");
        on("b", "rb");
        final Channel left = hasty("a", "b");
        final Channel right = listening("b", "a");
        Pump.joinDirectly(mesh.sim(), left, right);
        offer(right, 3);
        assertEquals(1, left.poll((buffer, offset, length, origin) ->
        {}, 1));
        offer(left, 2);

        lanes.hold("relay", "inproc:ar", LaneKind.CONTROL);
        left.close();
        mesh.stop("a");

        untilEnded(right);
        assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
        assertEquals(Outcome.NOT_CONSUMED, events.lastEnd().rest());
        assertEquals(2 * 72, events.lastEnd().unacknowledgedBytes());
        assertEquals(2, received);
    }

    @Test
    void shouldTellACleanEndOfWhoDidNotKnowYetThatBothHaveTheMemory()
    {
        on("a", "ar");
        mesh.node("relay", "ar", "rb");
        on("b", "rb");
        final Channel left = hasty("a", "b");
        final Channel right = listening("b", "a");
        final BooleanSupplier isJoined = () -> right.path().reason().contains("joined directly");
        mesh.sim().afterCycle(name ->
        {
            if (isJoined.getAsBoolean())
            {
                lanes.hold("relay", "inproc:rb", LaneKind.CONTROL);
            }
        });
        mesh.runUntil("memory at one end", () ->
        {
            left.poll((buffer, offset, length, origin) ->
            {}, 1);
            right.poll((buffer, offset, length, origin) ->
            {}, 1);
            return isJoined.getAsBoolean();
        });

        lanes.hold("relay", "inproc:ar", LaneKind.CONTROL);
        left.close();
        mesh.stop("a");

        untilEnded(right);
        assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
    }

    @Test
    void shouldStillTellADeath()
    {
        on("a", "ab");
        on("b", "ab");
        final Channel left = hasty("a", "b");
        final Channel right = listening("b", "a");
        Pump.joinDirectly(mesh.sim(), left, right);
        offer(left, 2);

        mesh.kill("a");

        untilEnded(right);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
        assertEquals(2, received);
    }

    @Test
    void shouldTakeAWordInMemoryThatCanNotBeForNone()
    {
        on("a", "ab");
        final KeptRegions regions = new KeptRegions(mesh.sim().memory());
        on("b", regions, os -> os, "ab");
        final Channel left = hasty("a", "b");
        final Channel right = listening("b", "a");
        Pump.joinDirectly(mesh.sim(), left, right);

        regions.overwrite(FAREWELL_OFFSET, 6);
        mesh.kill("a");

        untilEnded(right);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
    }

    @Test
    void shouldTellACleanEndOfAContextThatHasDetachedBeforeItsHostRuns()
    {
        on("h", "hc", "hd");
        on("h/c", "hc");
        on("h/d", "hd");
        final Channel left = hasty("h/c", "h/d");
        final Channel right = listening("h/d", "h/c");
        Pump.joinDirectly(mesh.sim(), left, right);
        offer(left, 2);

        mesh.sim().pause("h");
        left.close();
        mesh.stop("h/c");

        untilEnded(right);
        assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
        assertEquals(2, received);
    }

    @Test
    void shouldTellACleanEndOfAContextWhoseMessagesGoByItsHost()
    {
        on("h", "hc", "hd");
        on("h/c", "hc");
        on("h/d", "hd");
        final Channel left = hasty("h/c", "h/d");
        final Channel right = listening("h/d", "h/c");
        left.mode(Mode.PROXY);
        mesh.settle(left, right);
        offer(left, 2);
        mesh.sim().node("h/c").doWork();

        mesh.sim().pause("h");
        left.close();
        mesh.stop("h/c");
        mesh.sim().run(200);
        assertTrue(!hasEnded(right));
        mesh.sim().pause();

        untilEnded(right);
        assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
    }

    @Test
    void shouldTellACleanEndOfAContextWhoseCloseItsHostHasLost()
    {
        on("h", "hc", "hd");
        on("h/c", "hc");
        on("h/d", mesh.sim().memory(), DeafOs::new, "hd");
        final Channel left = hasty("h/c", "h/d");
        final Channel right = listening("h/d", "h/c");
        Pump.joinDirectly(mesh.sim(), left, right);

        lanes.hold("h", "inproc:hc", LaneKind.CONTROL);
        left.close();
        mesh.stop("h/c");

        untilEnded(right);
        assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
    }

    @Test
    void shouldReadMessagesBeforeTheCloseThatHasOvertakenThem()
    {
        on("a", "ab");
        on("b", "ab");
        final Channel left = hasty("a", "b");
        final Channel right = listening("b", "a");
        left.mode(Mode.PROXY);
        mesh.settle(left, right);

        mesh.sim().pause("b");
        offer(left, MANY);
        mesh.sim().run(MANY);
        left.close();
        mesh.stop("a");
        mesh.sim().pause();

        untilEnded(right);
        assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
        assertEquals(MANY, received);
    }

    @Test
    void shouldReadWhatIsOnAnEdgeBeforeItsPeerIsFoundToBeDeadByItsMemoryAlone()
    {
        on("a", "ab");
        final DeadlyMemory memory = new DeadlyMemory(mesh.sim().memory());
        final DeafOs[] deaf = new DeafOs[1];
        on("b", memory, os -> deaf[0] = new DeafOs(os), "ab");
        final Channel left = mesh.open("a", "b");
        final Channel right = listening("b", "a");
        Pump.joinDirectly(mesh.sim(), left, right);
        left.mode(Mode.PROXY);
        final Pump there = new Pump(left, right, 1, Integer.MAX_VALUE);
        mesh.runUntil("by proxy", () ->
        {
            there.send(left.path().isDirect() ? 1 : 0);
            there.receive();
            return !left.path().isDirect() && left.acknowledgedPosition() == left.acceptedPosition();
        });

        memory.onQuestion = () ->
        {
            offer(left, 3);
            mesh.sim().node("a").doWork();
            mesh.kill("a");
        };
        deaf[0].isLost = true;

        untilEnded(right);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
        assertEquals(3, received);
    }

    @Test
    void shouldReadNoMoreThanIsItsTurnOfOneThatLivesOnAnotherHost()
    {
        on("a", "ab");
        final DeafOs[] deaf = new DeafOs[1];
        on("b", InprocMemoryProvider.isolated(), os -> deaf[0] = new DeafOs(os), "ab");
        final Channel left = mesh.open("a", "b");
        final Channel right = listening("b", "a");
        mesh.untilConnected(left, right);

        mesh.sim().pause("b");
        for (int i = 0; i < MANY; i++)
        {
            offer(left, 1);
            mesh.sim().run(1);
        }
        deaf[0].isLost = true;
        mesh.sim().node("b").doWork();

        assertFalse(hasEnded(right, MANY));
        assertTrue(received > 0 && received < MANY, () -> received + " messages");
    }

    @Test
    void shouldTellACleanEndOfWhoTookBackALease()
    {
        on("a", "ar");
        mesh.node("relay", "ar", "rb");
        final MeshNode b = on("b", "rb");
        final Channel left = hasty("a", "b");
        final Channel right = listening("b", "a");
        Pump.joinDirectly(mesh.sim(), left, right);
        final Lease lease = mesh.sim().node("a").leases().acquire(LEASE_LENGTH);
        mesh.runUntil("transfer", () -> left.transfer(lease) > 0);

        lanes.hold("relay", "inproc:ar", LaneKind.CONTROL);
        left.close();
        mesh.stop("a");

        untilEnded(right);
        assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
        assertEquals(List.of(), b.errors());
    }

    /** A machine that says when asked to that nobody is watched any more, and tells of no end. */
    private static final class DeafOs extends ForwardingOs
    {
        boolean isLost;

        DeafOs(final MeshOs os)
        {
            super(os);
        }

        @Override
        public HostPresence claimName(
            final Path baseDirectory,
            final String meshName,
            final String nodeName,
            final long instanceHigh,
            final long instanceLow)
        {
            final HostPresence inner = super.claimName(baseDirectory, meshName, nodeName, instanceHigh, instanceLow);
            return new HostPresence()
            {
                private Runnable tell = () ->
                {};
                private DeathListener listener;

                @Override
                public void watch(final String peerName, final long high, final long low)
                {
                    tell = () -> listener.onWatchLost(peerName, high, low);
                }

                @Override
                public int doWork(final long nowNs, final DeathListener newListener)
                {
                    listener = newListener;
                    if (isLost)
                    {
                        isLost = false;
                        tell.run();
                        return 1;
                    }
                    return 0;
                }

                @Override
                public void close()
                {
                    inner.close();
                }
            };
        }
    }

    /** Memory in which something happens when it is asked whether somebody lives. */
    private static final class DeadlyMemory extends ForwardingMemoryProvider
    {
        Runnable onQuestion = () ->
        {};

        DeadlyMemory(final SharedMemoryProvider provider)
        {
            super(provider);
        }

        @Override
        protected SharedMemory change(final SharedMemory memory)
        {
            return new ForwardingMemory(memory)
            {
                @Override
                public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
                {
                    final Runnable now = onQuestion;
                    onQuestion = () ->
                    {};
                    now.run();
                    return super.isAlive(creator, instanceHigh, instanceLow);
                }
            };
        }
    }
}
