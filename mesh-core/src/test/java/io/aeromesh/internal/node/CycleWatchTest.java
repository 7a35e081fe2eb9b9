package io.aeromesh.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.StatusConfig;
import io.aeromesh.internal.node.CycleWatch.Part;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import io.aeromesh.watch.NotedEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What of a slow duty cycle is told, and how often the clock is read for it.
 */
class CycleWatchTest
{
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    @TempDir
    private Path base;
    private HostPresence presence;
    private CycleWatch watch;
    private NodeStatus status;
    private long nowNs = 1;
    private long lastNs = 1;
    private int reads;

    @BeforeEach
    void make()
    {
        presence = MeshOs.system().claimName(base.resolve("base"), "mesh", "a", 1, 1);
        status = new NodeStatus(new NodeStatus.Subject("a", "mesh", 1, 1), StatusConfig.DEFAULT,
            presence.openStatus(NodeStatus.length(StatusConfig.DEFAULT)), MeshOs.system());
        watch = watch(0);
    }

    private CycleWatch watch(final int services)
    {
        final NanoClock clock = () ->
        {
            reads++;
            return nowNs;
        };
        return new CycleWatch(status, clock, Threading.THREADED, services);
    }

    @AfterEach
    void close()
    {
        presence.close();
    }

    /** One cycle in which a part takes so long and does so much. */
    private void cycle(final Part slow, final long slowNs, final int work)
    {
        final boolean isReadThrough = watch.begin(nowNs, nowNs - lastNs);
        lastNs = nowNs;
        if (isReadThrough)
        {
            for (final Part part : Part.values())
            {
                watch.after(part, pass(part, slow, slowNs, work));
            }
            watch.end();
            return;
        }
        watch.afterOthers(
            pass(Part.COMMANDS, slow, slowNs, work),
            pass(Part.TRANSPORTS, slow, slowNs, work),
            pass(Part.PRESENCE, slow, slowNs, work));
        watch.afterOurs(pass(Part.LINKS, slow, slowNs, work), pass(Part.SESSIONS, slow, slowNs, work));
        watch.beforeServices();
        watch.afterServices(pass(Part.SERVICES, slow, slowNs, work));
    }

    private int pass(final Part part, final Part slow, final long slowNs, final int work)
    {
        nowNs += part == slow ? slowNs : 1;
        return part == slow ? work : 0;
    }

    private void quick(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            cycle(Part.LINKS, 10, 0);
        }
    }

    private NodeSnapshot told()
    {
        return NodeWatch.read(base.resolve("base")).nodes().get(0);
    }

    private List<String> details()
    {
        return told().events().stream().map(NotedEvent::detail).toList();
    }

    private List<String> slowOnes()
    {
        return told().events().stream().map(NotedEvent::subject).toList();
    }

    @Test
    void shouldNameThePartOfOthersThatTookLong()
    {
        quick(5);
        cycle(Part.SERVICES, 20 * MS, 1);
        quick(5);

        assertEquals(List.of("services"), slowOnes());
        assertTrue(told().events().get(0).value() >= 20 * MS);
        assertEquals(1, status.counters().node(MeshCounter.SLOW_CYCLES).get());
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMANDS", "TRANSPORTS", "PRESENCE"})
    void shouldTellWhatSeldomHasWorkApart(final Part part)
    {
        quick(5);
        cycle(part, 20 * MS, 1);
        quick(5);

        assertEquals(1, slowOnes().size());
        assertNotEquals("the thread did not run", slowOnes().get(0));
        cycle(part, 200 * MS, 1); // read through
        quick(1);
        assertEquals(slowOnes().get(0), slowOnes().get(1));
    }

    @Test
    void shouldSayThatTheThreadDidNotRunWhenNoPartHadWorkForSoLong()
    {
        quick(5);
        cycle(Part.LINKS, 20 * MS, 1);
        quick(5);

        assertEquals(List.of("the thread did not run"), slowOnes());
    }

    @Test
    void shouldNameAPartOfOursThatHadMuchWork()
    {
        quick(5);
        cycle(Part.LINKS, 20 * MS, 100);
        quick(5);

        assertEquals(List.of("links"), slowOnes());
    }

    @Test
    void shouldLookAtAllPartsAfterASlowCycle()
    {
        quick(5);
        cycle(Part.LINKS, 20 * MS, 1);
        nowNs += TimeUnit.SECONDS.toNanos(2);
        quick(1);
        cycle(Part.SESSIONS, 3_000 * MS, 1);
        nowNs++;
        quick(1);

        assertEquals("sessions", slowOnes().get(slowOnes().size() - 1));
    }

    /** Until none is read through for being next to a slow one, and the next slow one is noted again. */
    private void forget()
    {
        quick(300);
        sleep(TimeUnit.SECONDS.toNanos(2));
        quick(2);
    }

    /** On purpose. */
    private void sleep(final long ns)
    {
        nowNs += ns;
        lastNs = nowNs;
    }

    @Test
    void shouldNameAServiceThatTookLongAndSaysThatItDidNothing()
    {
        watch = watch(1);
        quick(5);
        cycle(Part.SERVICES, 20 * MS, 0);
        forget();
        cycle(Part.SERVICES, 20 * MS, 0);
        forget();
        cycle(Part.SERVICES, 20 * MS, 0);
        quick(1);

        assertEquals(List.of("a service that says it did nothing, or the thread did not run", "services", "services"),
            slowOnes());
    }

    @Test
    void shouldSuspectServicesNoLongerWhenNoCycleHasBeenSlowForLong()
    {
        watch = watch(1);
        quick(5);
        cycle(Part.LINKS, 20 * MS, 1);
        forget();
        sleep(TimeUnit.SECONDS.toNanos(10));
        quick(1);

        reads = 0;
        quick(10);
        assertEquals(0, reads);
    }

    @Test
    void shouldNotBlameServicesForWhatWentByBeforeThem()
    {
        watch = watch(1);
        quick(5);
        cycle(Part.SERVICES, 20 * MS, 0);
        forget();
        cycle(Part.LINKS, 20 * MS, 1);
        quick(1);

        assertEquals("the thread did not run", slowOnes().get(1));
    }

    @Test
    void shouldNotSuspectServicesOfATooLongSleep()
    {
        watch = watch(1);
        quick(5);
        nowNs += 100 * MS;
        lastNs = nowNs - 20 * MS; // it slept on purpose for the rest
        quick(1);

        assertEquals(List.of("the thread did not run"), slowOnes());
    }

    @Test
    void shouldTellOfSlowCyclesOnceASecondUnlessTheyBecomeWorse()
    {
        quick(5);
        for (int i = 0; i < 20; i++)
        {
            cycle(Part.SERVICES, 20 * MS, 1);
        }
        cycle(Part.SERVICES, 100 * MS, 1);
        quick(1);

        assertEquals(2, slowOnes().size());
        assertEquals(21, status.counters().node(MeshCounter.SLOW_CYCLES).get());
    }

    @Test
    void shouldCountThoseThatItDoesNotTellOf()
    {
        quick(5);
        for (int i = 0; i < 20; i++)
        {
            cycle(Part.SERVICES, 20 * MS, 1);
        }
        quick(1);
        sleep(TimeUnit.SECONDS.toNanos(1));
        cycle(Part.SERVICES, 20 * MS, 1);
        quick(1);

        assertEquals(List.of("", "and 19 before it that are not told"), details());
    }

    /** The log keeps 256 events, and what matters in it came before. */
    @Test
    void shouldTellOfSlowCyclesMoreSeldomTheLongerTheyGoOn()
    {
        status.events().note(MeshEvent.EDGE_DOWN, "shm:x", "gateway");
        quick(5);
        final long endNs = nowNs + TimeUnit.HOURS.toNanos(1);
        for (int i = 0; nowNs < endNs; i++)
        {
            cycle(Part.SERVICES, (i % 7 + 1) * 20L * MS, 1);
            quick(1);
            sleep(30 * MS);
        }

        assertEquals("shm:x", slowOnes().get(0));
        assertTrue(slowOnes().size() > 50 && slowOnes().size() < 80, () -> slowOnes().size() + " events");
    }

    @Test
    void shouldTellOfSlowCyclesAtOnceAgainWhenThereWereNoneForAWhile()
    {
        quick(5);
        for (int i = 0; i < 500; i++)
        {
            cycle(Part.SERVICES, 20 * MS, 1);
            quick(1);
            sleep(80 * MS);
        }
        quick(1);
        final int told = slowOnes().size();
        sleep(TimeUnit.SECONDS.toNanos(10));
        quick(1);
        cycle(Part.SERVICES, 20 * MS, 1);
        quick(1);
        sleep(TimeUnit.SECONDS.toNanos(2));
        cycle(Part.SERVICES, 20 * MS, 1);
        quick(1);

        assertEquals(told + 2, slowOnes().size());
    }

    @Test
    void shouldReadTheClockSeldomWhileThereIsLittleToDo()
    {
        watch = watch(1);
        quick(1);
        reads = 0;
        final long endNs = nowNs + 100 * MS;
        while (nowNs < endNs)
        {
            quick(1);
        }

        assertEquals(0, reads % Part.values().length);
        assertTrue(Math.abs(reads / Part.values().length - 1_000) <= 1, () -> reads + " reads");
        assertEquals(reads / Part.values().length + 1, told().times().get(MeshHistogram.DUTY_CYCLE).count());
    }

    @Test
    void shouldReadThroughEachCycleOfANodeThatSeldomWakesUp()
    {
        for (int i = 0; i < 100; i++)
        {
            sleep(MS);
            quick(1);
        }

        assertEquals(100, told().times().get(MeshHistogram.DUTY_CYCLE).count());
    }
}
