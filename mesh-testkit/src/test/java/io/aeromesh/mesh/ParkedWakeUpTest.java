package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.Idle;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.Poller;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.internal.session.Awaitable;
import io.aeromesh.spi.SharedMemoryProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What nobody wakes a sleeper for. Nothing else would wake it for a minute.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParkedWakeUpTest
{
    private static final NodeLimits LIMITS =
        NodeLimits.DEFAULT.edgePing(TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(120));
    private static final LeaseConfig SMALL = new LeaseConfig(64 * 1024, 64 * 1024, 1 << 20, 192 * 1024);
    private static final MessageHandler IGNORE = (buffer, offset, length, origin) ->
    {};
    private static int count;

    private final List<AutoCloseable> opened = new ArrayList<>();
    @TempDir
    private Path parent;
    private String link;

    @BeforeEach
    void name()
    {
        link = "review" + count++;
    }

    @AfterEach
    void close() throws Exception
    {
        for (int i = opened.size() - 1; i >= 0; i--)
        {
            opened.get(i).close();
        }
    }

    private MeshNode launch(final String name, final String peer, final LeaseConfig leases)
    {
        return launch(config(name, peer).leases(leases));
    }

    private MeshNode launch(final String name, final String peer, final SharedMemoryProvider memory)
    {
        return launch(config(name, peer).sharing(memory));
    }

    private NodeConfig config(final String name, final String peer)
    {
        return NodeConfig.named(name).baseDirectory(parent.resolve("b")).limits(LIMITS)
            .edge("inproc:" + link + "?name=e|peer=" + peer).threaded(Idle.PARKED);
    }

    private MeshNode launch(final NodeConfig config)
    {
        final MeshNode node = MeshNode.launch(config);
        opened.add(node);
        return node;
    }

    private static boolean within(final long seconds, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    @Test
    void shouldWakeTheAgentThatHasToAskForTheMemoryOfALease()
    {
        final MeshNode left = launch("left", "right", LeaseConfig.DEFAULT);
        final MeshNode right = launch("right", "left", LeaseConfig.DEFAULT);
        final Channel there = left.open(ChannelSpec.to("right").named("talk").parkable(true));
        final Channel here = right.open(ChannelSpec.to("left").named("talk").parkable(true));
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);
        assertTrue(within(20, () ->
        {
            there.poll(IGNORE, 10);
            here.poll(IGNORE, 10);
            return there.offer(message, 0, 8) > 0 && there.path().isDirect();
        }), () -> "direct " + there.path());
        LockSupport.parkNanos(200_000_000); // all sleep
        final Lease lease = left.leases().acquire(4096);

        assertTrue(within(10, () -> there.transfer(lease) > 0), "transfer while the agents sleep");
    }

    /** The application's thread finds what the agent has to act on. */
    @ParameterizedTest
    @EnumSource(value = Mode.class, names = {"PROXY", "DIRECT"})
    void shouldWakeTheAgentWhenAMessageCanNotBe(final Mode mode)
    {
        final SharedMemoryProvider memory = InprocMemoryProvider.isolated();
        final KeptRegions kept = new KeptRegions(memory);
        final MeshNode left = launch("left", "right", memory);
        final MeshNode right = launch("right", "left", kept);
        final List<SessionReport> reports = new ArrayList<>();
        final Channel there = left.open(ChannelSpec.to("right").named("talk").mode(mode));
        final Channel here = right.open(ChannelSpec.to("left").named("talk").mode(mode).listener(new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel channel, final SessionReport report)
            {
                reports.add(report);
            }
        }));
        final boolean[] isHandedOver = new boolean[1];
        assertTrue(within(20, () ->
        {
            final Lease lease = left.leases().acquire(4096);
            assertTrue(within(20, () -> there.transfer(lease) > 0), "transfer");
            assertTrue(
                within(10, () -> here
                    .poll((buffer, offset, length, origin) -> isHandedOver[0] = kept.holds(buffer, offset), 10) == 1),
                "lease");
            return isHandedOver[0]; // the first may be copied
        }), "handed over");
        final Lease spoiled = left.leases().acquire(4096);
        assertTrue(within(10, () -> there.transfer(spoiled) > 0), "transfer");
        final Runnable restore = kept.spoilOffers();
        LockSupport.parkNanos(200_000_000); // all sleep

        assertTrue(within(10, () -> here.poll(IGNORE, 10) == 0 && !reports.isEmpty()), "no report");
        assertEquals(EndReason.PROTOCOL_ERROR, reports.get(0).reason());
        restore.run();
    }

    @Test
    void shouldWakeToTryForMemoryAgain()
    {
        final SharedMemoryProvider memory = InprocMemoryProvider.isolated();
        final ScarceMemory scarce = new ScarceMemory(memory);
        scarce.refuse(6);
        final Channel there = launch("left", "right", scarce).open(ChannelSpec.to("right").named("talk"));
        launch("right", "left", memory).open(ChannelSpec.to("left").named("talk"));

        assertTrue(within(20, () -> there.path().reason().contains("joined directly")),
            () -> there.path() + ", attempts to be refused yet=" + scarce.left());
        assertEquals(0, scarce.left());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeRungByADirectChannelThatItTookInTheLastLook(final boolean byClaim)
    {
        final MeshNode left = launch("left", "right", LeaseConfig.DEFAULT);
        final MeshNode right = launch("right", "left", LeaseConfig.DEFAULT);
        final Channel there = left.open(ChannelSpec.to("right").named("talk").parkable(true));
        final Channel here = right.open(ChannelSpec.to("left").named("talk").parkable(true));
        assertTrue(within(20, () -> there.path().reason().contains("joined directly") &&
            here.path().reason().contains("joined directly")), () -> there.path() + " " + here.path());
        LockSupport.parkNanos(200_000_000);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);

        final Awaitable sleeper = (Awaitable)here;
        sleeper.arm();
        assertEquals(0, here.poll(IGNORE, 10));
        final boolean wouldSleep = sleeper.isArmed() && sleeper.sleepNsMax() > 1_000_000;
        if (byClaim)
        {
            final MessageClaim claim = new MessageClaim();
            assertTrue(there.tryClaim(8, claim) > 0);
            claim.commit();
        }
        else
        {
            assertTrue(there.offer(message, 0, 8) > 0);
        }
        assertTrue(there.path().isDirect());

        assertTrue(!wouldSleep || within(5, () -> !sleeper.isArmed()), "sleeps on though a message has come");
        sleeper.disarm();
        assertEquals(1, here.poll(IGNORE, 10));
    }

    @Test
    void shouldWakeTheAgentWhenPartOfABroadcastLeaseIsConsumed()
    {
        final MeshNode left = launch("left", "right", LeaseConfig.DEFAULT);
        final MeshNode right = launch("right", "left", LeaseConfig.DEFAULT);
        final BroadcastChannel out = left.open(BroadcastSpec.named("news").windowLength(64 * 1024).parkable(true));
        final BroadcastChannel in = right.open(BroadcastSpec.named("news").windowLength(64 * 1024).parkable(true));
        assertTrue(within(20, () ->
        {
            out.poll(IGNORE, 10);
            in.poll(IGNORE, 10);
            return out.members().size() == 1 && in.members().size() == 1;
        }));
        final Lease lease = left.leases().acquire(1 << 20);
        assertTrue(within(10, () -> out.transfer(lease) > 0));

        assertTrue(within(20, () -> in.poll(IGNORE, 10) > 0), "the lease stalls");
    }

    @Test
    void shouldWakeAReaderThatWaitsForABlock() throws Exception
    {
        final MeshNode left = launch("left", "right", SMALL);
        final MeshNode right = launch("right", "left", SMALL);
        final Channel there =
            left.open(ChannelSpec.to("right").named("talk").mode(Mode.PROXY).parkable(true));
        final Channel here =
            right.open(ChannelSpec.to("left").named("talk").mode(Mode.PROXY).parkable(true));
        final List<Lease> all = new ArrayList<>();
        while (true)
        {
            final Lease lease = new Lease();
            if (right.leases().tryAcquire(4096, lease) < 0)
            {
                break;
            }
            all.add(lease);
        }
        final Lease lease = left.leases().acquire(4096);
        assertTrue(within(10, () ->
        {
            here.poll(IGNORE, 10);
            return there.transfer(lease) > 0;
        }));
        final int[] received = new int[1];
        final Thread reader = new Thread(() ->
        {
            final Poller poller = right.poller(Idle.PARKED).add(here);
            received[0] = poller.await(IGNORE, 10, TimeUnit.SECONDS.toNanos(30));
        });
        reader.start();
        LockSupport.parkNanos(500_000_000);
        all.forEach(Lease::release);
        reader.join(10_000);
        final boolean isAwake = !reader.isAlive();
        reader.interrupt();
        reader.join();

        assertTrue(isAwake, "sleeps on though there is a block for the lease that has come");
        assertEquals(1, received[0]);
    }
}
