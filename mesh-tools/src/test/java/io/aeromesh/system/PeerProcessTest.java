package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.system.Wiring.Ends;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A peer in a process of its own that is killed, and one that is stopped and goes on.
 */
@Tag("slow")
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerProcessTest
{
    private static final long STOPPED_NS = 3_000_000_000L;
    private static final String CONSUMED = "consumed ";

    private long consumed;
    private int ended;

    /**
     * What the report calls acknowledged, the dead peer had said to have consumed.
     */
    @ParameterizedTest
    @EnumSource(names = {"SHM", "IPC_EXTERNAL", "UDP"})
    void shouldReportNoMoreThanAKilledPeerConsumed(final Joint joint)
    {
        try (Grid grid = new Grid(Threading.INVOKED))
        {
            final Ends ends = grid.wiring().join(joint, "here", "there");
            grid.start("here", ends.first());
            final Conversation talk = new Conversation(grid, "here", "there", "talk").openFirst();
            try (Child child = start(grid, ends))
            {
                talk.forth().more(1_000_000);
                talk.pumpUntil("traffic", () -> hear(child) && talk.first().acknowledgedPosition() > 50_000);
                child.signal("KILL");
                child.awaitExit();
                child.lastLines().forEach(this::onLine);
            }
            talk.forth().stop();
            try (Child child = start(grid, ends))
            {
                final long before = consumed;
                talk.pumpUntil("report", () -> talk.firstEnded().size() == 1);
                final SessionReport report = talk.firstEnded().get(0);
                assertEquals(Outcome.UNKNOWN, report.rest(), report::toString);
                assertEquals(SessionReport.EndReason.PEER_RESTARTED, report.reason(), report::toString);
                assertTrue(report.acknowledgedPosition() > 50_000, report::toString);
                assertTrue(report.acknowledgedPosition() <= before, () -> report + " consumed " + before);
                assertTrue(before <= report.acceptedPosition(), () -> report + " consumed " + before);

                talk.restart();
                talk.forth().more(10);
                talk.pumpUntil("new traffic", () -> hear(child) &&
                    talk.first().acceptedPosition() > report.acceptedPosition() &&
                    talk.first().acknowledgedPosition() == talk.first().acceptedPosition());
                assertEquals(1, talk.firstEnded().size());
            }
        }
    }

    /** Three seconds are more than silence on an edge, an image or a driver's client may last. */
    @ParameterizedTest
    @EnumSource(names = {"SHM", "IPC_EXTERNAL", "UDP", "MULTICAST"})
    void shouldKeepSessionOfAStoppedPeer(final Joint joint)
    {
        try (Grid grid = new Grid(Threading.INVOKED))
        {
            final Ends ends = grid.wiring().join(joint, "here", "there");
            grid.start("here", ends.first());
            final Conversation talk = new Conversation(grid, "here", "there", "talk").openFirst();
            try (Child child = start(grid, ends))
            {
                talk.forth().more(1_000_000);
                talk.pumpUntil("traffic", () -> hear(child) && talk.first().acknowledgedPosition() > 50_000);
                child.signal("STOP");
                final long stopNs = System.nanoTime();
                talk.pumpUntil("time", () -> System.nanoTime() - stopNs > STOPPED_NS);
                child.signal("CONT");

                final long goal = talk.first().acceptedPosition() + 500_000;
                talk.pumpUntil("traffic again", () -> hear(child) && talk.first().acknowledgedPosition() > goal);
                talk.forth().stop();
                talk.pumpUntil("rest", () -> hear(child) && consumed == talk.first().acceptedPosition() &&
                    talk.first().acknowledgedPosition() == consumed);
                assertEquals(List.of(), talk.firstEnded());
                assertEquals(0, ended);
            }
        }
    }

    private static Child start(final Grid grid, final Ends ends)
    {
        return Child.start(grid.base(), PeerMain.class, grid.base().toString(), "there", "here", ends.second());
    }

    private boolean hear(final Child child)
    {
        for (String line = child.pollLine(); line != null; line = child.pollLine())
        {
            onLine(line);
        }
        return true;
    }

    private void onLine(final String line)
    {
        if (line.startsWith(CONSUMED) && line.length() > CONSUMED.length())
        {
            consumed = Math.max(consumed, Long.parseLong(line.substring(CONSUMED.length())));
        }
        else if (line.startsWith("ended"))
        {
            ended++;
        }
    }
}
