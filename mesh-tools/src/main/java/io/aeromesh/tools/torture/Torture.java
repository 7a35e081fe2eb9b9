package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.EndHook;
import io.aeromesh.tools.process.ProcessFailure;
import io.aeromesh.tools.process.Progress;
import io.aeromesh.tools.process.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Runs episodes until the time is over, and judges after each. Leaves no process and no file behind, but for the
 * evidence of what went wrong.
 * <p>
 * <b>Threading:</b> one thread. <b>Blocking:</b> until done; every wait within is bounded.
 */
public final class Torture
{
    private static final Duration WHOLE_BOUND = Duration.ofSeconds(90);
    private static final Duration REST_BOUND = Duration.ofSeconds(30);
    /** With planted defects: what is lost on purpose never comes, and what is not comes sooner. */
    private static final Duration PLANTED_REST_BOUND = Duration.ofSeconds(8);
    private static final Duration BASE_BOUND = Duration.ofSeconds(20);
    private static final long NS_PER_MS = 1_000_000;
    private static final long SAY_EACH_NS = 10_000_000_000L;
    private static final long LONG_EACH_MS = 600_000;
    private static final int VIOLATIONS_MAX = 20;

    private final TortureOptions options;
    private final Path json;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Progress progress;
    private final TortureReport report;
    /** Since all run: a machine that starts slowly is tortured as long as any. */
    private long startNs;
    private long saidNs;
    private Keeper keeper;

    /**
     * @param options what to do.
     * @param json    file for the report; null: none.
     * @param out     for progress and the table.
     * @param err     for violations.
     */
    public Torture(final TortureOptions options, final Path json, final PrintWriter out, final PrintWriter err)
    {
        this.options = options;
        this.json = json;
        this.out = out;
        this.err = err;
        progress = new Progress(out);
        report = new TortureReport(options.seed());
    }

    /**
     * Runs it.
     *
     * @return whether nothing was violated.
     * @throws IOException when the report can not be written.
     */
    public boolean run() throws IOException
    {
        progress.line("seed " + options.seed() + ", for " + options.length().toMillis() / 1e3 + " s");
        try (Workspace workspace = Workspace.create(options.sharedDirectory(), "am-t-", null);
            Machine machine = Machine.prepare(options, workspace))
        {
            keeper = new Keeper(workspace, progress);
            run(workspace, machine);
        }
        catch (final ProcessFailure ex)
        {
            violation(ex.getMessage());
        }

        report.complete(progress.seconds());
        progress.print(System.lineSeparator() + report.toTable());
        progress.print(report.isGood() ? "Nothing lost, doubled or changed." :
            "FAILED: " + report.violations().size() + " violations; again with --seed " + options.seed() +
                (keeper == null ? "" : "; evidence in " + keeper.kept()));
        if (json != null)
        {
            report.writeTo(json, keeper == null ? null : keeper.kept());
        }
        out.flush();
        return report.isGood();
    }

    private void run(final Workspace workspace, final Machine machine)
    {
        report.skipped(machine.skipped());
        machine.skipped().forEach((kind, reason) -> progress.line("skipped " + kind + ": " + reason));
        final Random random = new Random(options.seed());
        final Evidence evidence = new Evidence(workspace.root());
        final Yard yard = new Yard(machine, workspace, evidence, random, options.planted());
        final EndHook hook = EndHook.add("torture-clean-up", () ->
        {
            progress.silence();
            yard.close();
            machine.close();
            workspace.close();
        });
        try (hook; yard)
        {
            final Vandal vandal = new Vandal(machine.directory(), random);
            runEpisodes(yard, new Accounts(yard, evidence), new Baseline(yard, machine),
                new Script(yard, machine, vandal, random));
            report.spoilt(vandal.spoilt());
            report.faults(yard.faults());
        }
    }

    private void runEpisodes(
        final Yard yard, final Accounts accounts, final Baseline baseline, final Script script)
    {
        if (script.isEmpty())
        {
            throw new ProcessFailure("this machine allows none of " + options.kinds());
        }
        try
        {
            yard.start(Yard.DRIVER);
            // a node whose driver is not there refuses to start, as it should
            yard.await().until("the media driver", WHOLE_BOUND, yard.member(Yard.DRIVER)::isOpen);
            yard.nodes().forEach(yard::start);
            awaitWhole(yard);
            rest(yard, accounts);
            baseline.take();
            progress.line("all run; at rest they hold " + baseline.describe());
            startNs = System.nanoTime();
            saidNs = startNs;
            long longs = 0;
            while (elapsedMs() < options.length().toMillis() && report.violations().size() < VIOLATIONS_MAX)
            {
                yard.traffic(true);
                final boolean isLong = script.canPause() && elapsedMs() / LONG_EACH_MS >= longs &&
                    options.length().toMillis() >= (longs + 1) * LONG_EACH_MS;
                longs += isLong ? 1 : 0;
                run(isLong ? script.nextLong() : script.next(), yard, accounts, baseline);
            }
        }
        catch (final ProcessFailure ex)
        {
            violation(ex.getMessage());
            keeper.keep(yard.diagnostics());
        }
    }

    private void run(
        final Episode episode, final Yard yard, final Accounts accounts, final Baseline baseline)
    {
        final long beginNs = System.nanoTime();
        keeper.log("episode " + episode.number() + " at " + elapsedMs() + " ms");
        for (final Step step : episode.steps())
        {
            yard.await().until("the time of: " + step.text(), WHOLE_BOUND,
                () -> System.nanoTime() - beginNs >= step.atMs() * NS_PER_MS);
            keeper.log((System.nanoTime() - beginNs) / NS_PER_MS + " ms: " + step.text());
            step.action().run();
        }
        awaitWhole(yard);
        yard.askNodes("resumes").forEach((node, answer) -> report.resumes().add(yard, episode, node, answer));
        report.add(episode);
        judge(episode, yard, accounts, baseline);
        if (System.nanoTime() - saidNs > SAY_EACH_NS)
        {
            saidNs = System.nanoTime();
            progress.line(report.toLine());
        }
    }

    private void judge(
        final Episode episode, final Yard yard, final Accounts accounts, final Baseline baseline)
    {
        rest(yard, accounts);
        final List<String> found = accounts.judge();
        report.totals(accounts.totals(ChannelPlan.MESSAGE), accounts.totals(ChannelPlan.LEASE));
        found.forEach(one -> violation("episode " + episode.number() + ": " + one));
        if (!found.isEmpty())
        {
            keeper.keep(yard.diagnostics());
        }
        yard.await().until("memory to return to its base", BASE_BOUND,
            () -> String.join("; ", baseline.excess()), () -> baseline.excess().isEmpty());
    }

    /**
     * Until every process runs, every edge is up and every channel connected.
     */
    private static void awaitWhole(final Yard yard)
    {
        final long pauseBoundS = Script.LONG_PAUSE_MS / 1000;
        yard.await().until("all processes to run", WHOLE_BOUND.plusSeconds(pauseBoundS), yard::isWhole);
        final String[] missing = {""};
        yard.await().until("all edges and channels to be up", WHOLE_BOUND, () -> missing[0], () ->
        {
            missing[0] = yard.missing();
            return missing[0].isEmpty();
        });
    }

    /**
     * Until nothing is sent and all that was sent has come; what does not come is found by judging.
     */
    private void rest(final Yard yard, final Accounts accounts)
    {
        yard.traffic(false);
        final long beginNs = System.nanoTime();
        final Duration bound = options.planted().isEmpty() ? REST_BOUND : PLANTED_REST_BOUND;
        yard.await().until("rest", REST_BOUND.multipliedBy(2),
            () -> accounts.underWay() == 0 || System.nanoTime() - beginNs > bound.toNanos());
        yard.traffic(false);
    }

    private void violation(final String what)
    {
        report.violation(what);
        err.println(String.format(Locale.ROOT, "mesh torture: VIOLATION: %s", what));
        err.flush();
        if (keeper != null)
        {
            keeper.log("VIOLATION: " + what);
        }
    }

    private long elapsedMs()
    {
        return (System.nanoTime() - startNs) / NS_PER_MS;
    }
}
