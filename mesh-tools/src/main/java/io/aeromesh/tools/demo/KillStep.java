package io.aeromesh.tools.demo;

import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.process.Progress;
import java.time.Duration;

/**
 * Kills the node in the middle of the better way while messages flow both ways, and starts it again.
 */
final class KillStep implements Step
{
    private static final Duration WAY_BOUND = Duration.ofSeconds(20);
    private static final long FLOWING = 10_000;

    @Override
    public String key()
    {
        return "kill_node";
    }

    @Override
    public String title()
    {
        return "4  Kill C with SIGKILL in the middle of such traffic, and start it again";
    }

    @Override
    public void run(final Cluster cluster, final StepReport report)
    {
        final Progress progress = report.progress();
        final Traffic traffic = Traffic.open(
            cluster, "kill", TransferStep.WINDOW_LENGTH, TransferStep.MESSAGE_LENGTH);
        traffic.during(report, () -> killAndRestart(cluster, traffic, report));
        progress.line(Numbers.grouped(report.tally().delivered()) + " messages delivered meanwhile");
    }

    private static void killAndRestart(final Cluster cluster, final Traffic traffic, final StepReport report)
    {
        final Progress progress = report.progress();
        traffic.awaitMore("before the kill", FLOWING, WAY_BOUND);
        traffic.arm();
        final long killNs = cluster.kill("C");
        progress.line("C killed");
        cluster.awaitWay("E", WAY_BOUND);
        traffic.awaitMore("by E after the kill", FLOWING, WAY_BOUND);
        final long rerouteNs = traffic.resumedAfterNs(killNs);
        report.details().put("reroute_ms", Numbers.ms(rerouteNs)).put("gap_ms", Numbers.ms(traffic.gapNs()));
        progress.line("messages flow by E, " + Numbers.time(rerouteNs) + " after the kill; longest silence " +
            Numbers.time(traffic.gapNs()));

        final long startNs = System.nanoTime();
        cluster.startNode("C");
        final long readyNs = System.nanoTime();
        cluster.awaitWay("C", WAY_BOUND);
        final long backNs = System.nanoTime();
        traffic.awaitMore("by C again", FLOWING, WAY_BOUND);
        report.details().put("start_ms", Numbers.ms(readyNs - startNs))
            .put("better_route_back_ms", Numbers.ms(backNs - readyNs));
        progress.line("C started again in " + Numbers.time(readyNs - startNs) + ", the better way taken back " +
            Numbers.time(backNs - readyNs) + " later");
    }
}
