package io.aeromesh.tools.demo;

import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.process.Progress;
import io.aeromesh.tools.process.Signals;
import java.time.Duration;

/**
 * Stops the node on the only path for a while: no session ends, and all arrives afterwards.
 */
final class PauseStep implements Step
{
    private static final Duration WAY_BOUND = Duration.ofSeconds(20);
    private static final long FLOWING = 10_000;

    private final Duration pause;

    PauseStep(final Duration pause)
    {
        this.pause = pause;
    }

    @Override
    public String key()
    {
        return "pause_node";
    }

    @Override
    public String title()
    {
        return "5  Stop E with SIGSTOP for " + pause.toMillis() / 1e3 + " s while it is on the only path";
    }

    @Override
    public void run(final Cluster cluster, final StepReport report)
    {
        final Progress progress = report.progress();
        cluster.closeNode("C");
        cluster.awaitWay("E", WAY_BOUND);
        progress.line("C has left; the only path is by E");
        final Traffic traffic = Traffic.open(
            cluster, "pause", TransferStep.WINDOW_LENGTH, TransferStep.MESSAGE_LENGTH);
        traffic.during(report, () -> pause(cluster, traffic, report));
    }

    private void pause(final Cluster cluster, final Traffic traffic, final StepReport report)
    {
        final Progress progress = report.progress();
        traffic.awaitMore("before the pause", FLOWING, WAY_BOUND);
        traffic.arm();
        cluster.signal("E", Signals.STOP);
        final long stopNs = System.nanoTime();
        progress.line("E stopped");
        cluster.await().until("E's pause to end", pause.plusSeconds(10), () -> "E is stopped",
            () -> System.nanoTime() - stopNs >= pause.toNanos());
        cluster.signal("E", Signals.CONTINUE);
        final long continueNs = System.nanoTime();
        traffic.awaitMore("after the pause", FLOWING, WAY_BOUND);
        final long resumeNs = traffic.resumedAfterNs(continueNs);
        report.details().put("pause_ms", Numbers.ms(continueNs - stopNs))
            .put("gap_ms", Numbers.ms(traffic.gapNs())).put("resume_ms", Numbers.ms(resumeNs));
        progress.line("E goes on; messages flow " + Numbers.time(Math.max(0, resumeNs)) +
            " later; longest silence " + Numbers.time(traffic.gapNs()));
    }
}
