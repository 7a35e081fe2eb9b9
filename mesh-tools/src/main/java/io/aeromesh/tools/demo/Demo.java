package io.aeromesh.tools.demo;

import io.aeromesh.tools.process.EndHook;
import io.aeromesh.tools.process.ProcessFailure;
import io.aeromesh.tools.process.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the steps one after the other and reports. Leaves no process and no file behind, however it ends.
 * <p>
 * <b>Threading:</b> one thread. <b>Blocking:</b> until done; every wait within is bounded.
 */
public final class Demo
{
    private static final long INTERRUPTED_WAIT_NS = 10_000_000_000L;

    private final DemoOptions options;
    private final Path json;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Progress progress;
    private final DemoReport report = new DemoReport();

    /**
     * @param options what to do.
     * @param json    file for the report; null: none.
     * @param out     for progress and the table.
     * @param err     for failures.
     */
    public Demo(final DemoOptions options, final Path json, final PrintWriter out, final PrintWriter err)
    {
        this.options = options;
        this.json = json;
        this.out = out;
        this.err = err;
        this.progress = new Progress(out);
    }

    /**
     * Runs it.
     *
     * @return whether all steps were done and nothing was lost, doubled, disordered or changed.
     * @throws IOException when the report can not be written.
     */
    public boolean run() throws IOException
    {
        try
        {
            runAndCleanUp();
        }
        catch (final ProcessFailure ex)
        {
            onFailure(ex, List.of());
        }

        report.complete(progress.seconds());
        progress.print(System.lineSeparator() + report.toTable());
        progress.print(report.isGood() ?
            "Nothing lost, doubled, disordered or changed." : "FAILED" + (reason().isEmpty() ? "" : ": " + reason()));
        if (json != null)
        {
            report.writeTo(json);
        }
        out.flush();
        return report.isGood();
    }

    private void runAndCleanUp()
    {
        final Cluster cluster = Cluster.create(options, progress);
        final EndHook hook = EndHook.add("demo-clean-up", () ->
        {
            progress.silence();
            cluster.close();
        });
        try (hook; cluster)
        {
            run(cluster);
        }
    }

    private void run(final Cluster cluster)
    {
        try
        {
            progress.title("   Six nodes and a media driver, a process each, on " +
                Runtime.getRuntime().availableProcessors() + " cores");
            cluster.startAll();
            progress.line("all have started");
            for (final Step step : steps())
            {
                run(step, cluster);
            }
        }
        catch (final ProcessFailure ex)
        {
            if (cluster.interrupted())
            {
                // the user has interrupted all: the end is under way, and says nothing
                progress.silence();
                LockSupport.parkNanos(INTERRUPTED_WAIT_NS);
            }
            onFailure(ex, cluster.diagnostics());
        }
    }

    private List<Step> steps()
    {
        return List.of(
            new TopologyStep(),
            new TransferStep(options.messages()),
            new RoundTripStep(options.roundTrips()),
            new BroadcastStep(options.broadcastMessages()),
            new KillStep(),
            new PauseStep(options.pause()),
            new DriverStep());
    }

    private void run(final Step step, final Cluster cluster)
    {
        progress.title(step.title());
        final StepReport stepReport = new StepReport(step.key(), progress);
        report.add(stepReport);
        final double startSeconds = progress.seconds();
        try
        {
            step.run(cluster, stepReport);
        }
        finally
        {
            stepReport.seconds(progress.seconds() - startSeconds);
        }
    }

    private void onFailure(final ProcessFailure failure, final List<String> diagnostics)
    {
        report.fail(failure.getMessage());
        err.println("mesh demo: " + failure.getMessage());
        diagnostics.forEach(line -> err.println("  " + line));
        if (options.keepLogs() != null)
        {
            err.println("  logs are in " + options.keepLogs());
        }
        err.flush();
    }

    private String reason()
    {
        return String.join("; ", report.reasons());
    }
}
