package io.aeromesh.sim.cli;

import io.aeromesh.os.MeshOs;
import io.aeromesh.sim.world.SimulationReport;
import io.aeromesh.sim.world.Simulator;
import io.aeromesh.sim.world.WorldPlan;
import io.aeromesh.sim.world.WorldResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs simulated worlds of real nodes, and says what was done and found.
 */
@Command(
    name = "mesh simulate",
    mixinStandardHelpOptions = true,
    description = {"Runs worlds of real nodes under a virtual clock, drawn from seeds, under faults, and checks that " +
        "what is promised holds. Same seed, same commit: same world.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:all worlds kept all rules",
        "1:a rule was broken; the seed replays it",
        "2:the command line was not understood, or a file can not be written"},
    footerHeading = "%nExamples:%n",
    footer = {
        "  mesh simulate --seeds 1000",
        "  mesh simulate --seeds 100000 --from 5000 --nodes 12 --json simulation.json",
        "  mesh simulate --seed 4711           # shows what led to a broken rule",
        "  mesh simulate --seeds 50 --hashes   # a line for each world, to compare"})
public final class Simulate implements Callable<Integer>
{
    private static final long SEEDS_MAX = 1_000_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "N", description = "How many worlds. Default: 1000.")
    private Long seeds;

    @Option(names = "--from", paramLabel = "S", description = "The first seed. Default: ${DEFAULT-VALUE}.")
    private long from = 1;

    @Option(names = "--seed", paramLabel = "S",
        description = "Replay one world and show what led to a broken rule, if one is.")
    private Long seed;

    @Option(names = "--events", paramLabel = "N",
        description = "With --seed: the most events to show, of the nodes concerned. Default: ${DEFAULT-VALUE}.")
    private int events = 60;

    @Option(names = "--nodes", paramLabel = "N",
        description = "Most nodes of a world, 2 to 64; most worlds have few. A seed makes the same world only with " +
            "the same number. Default: ${DEFAULT-VALUE}.")
    private int nodes = WorldPlan.NODES_MAX;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was done and found there.")
    private Path json;

    @Option(names = "--hashes", description = "Print the number of each world, which follows from all that happened " +
        "in it, instead of progress.")
    private boolean hashes;

    private final LongSupplier clock = MeshOs.system().nanoClock()::nanoTime;
    private long shownNs;

    private Simulate()
    {
    }

    /**
     * Ends the process with the command's exit code.
     */
    public static void main(final String[] args)
    {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine()
    {
        final CommandLine line = new CommandLine(new Simulate());
        line.setParameterExceptionHandler((ex, given) ->
        {
            line.getErr().println("mesh simulate: " + ex.getMessage());
            line.getErr().println("See: mesh simulate --help");
            line.getErr().flush();
            return CommandLine.ExitCode.USAGE;
        });
        return line;
    }

    @Override
    public Integer call() throws IOException
    {
        requireRange("--nodes", nodes, WorldPlan.NODES_MIN, WorldPlan.NODES_MAX);
        requireRange("--events", events, 0, Integer.MAX_VALUE);
        requireWritable();
        final Simulator simulator = new Simulator(nodes);
        final PrintWriter out = spec.commandLine().getOut();
        if (seed != null)
        {
            if (seeds != null)
            {
                throw new ParameterException(spec.commandLine(),
                    "--seed " + seed + " replays one world, --seeds " + seeds + " runs many: leave one out");
            }
            return replay(simulator, out);
        }
        final long count = seeds == null ? 1000 : seeds;
        requireRange("--seeds", count, 1, SEEDS_MAX);
        requireRange("--from", from, Long.MIN_VALUE, Long.MAX_VALUE - count);
        final long startNs = clock.getAsLong();
        final SimulationReport report = simulator.run(from, count, result -> onWorld(result, count, startNs, out));
        final long elapsedNs = clock.getAsLong() - startNs;
        if (!hashes)
        {
            Report.print(out, report, elapsedNs);
        }
        if (json != null)
        {
            Files.writeString(json, Report.json(report, elapsedNs));
        }
        out.flush();
        return report.violations().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int replay(final Simulator simulator, final PrintWriter out)
    {
        final WorldResult result = simulator.replay(seed);
        Report.print(out, result, events);
        out.flush();
        return result.violation() == null ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void onWorld(final WorldResult result, final long count, final long startNs, final PrintWriter out)
    {
        final long done = result.plan().seed() - from + 1;
        if (hashes)
        {
            out.printf("%d %016x%n", result.plan().seed(), result.hash());
        }
        if (result.violation() != null)
        {
            final PrintWriter errors = spec.commandLine().getErr();
            errors.println("seed " + result.plan().seed() + ": " + result.violation().rule() + ": " +
                result.violation().what());
            errors.flush();
        }
        final long nowNs = clock.getAsLong();
        if (!hashes && nowNs - shownNs >= NS_PER_SECOND * 10)
        {
            if (shownNs != 0)
            {
                final double perSecond = done * (double)NS_PER_SECOND / (nowNs - startNs);
                spec.commandLine().getErr().printf(Locale.ROOT, "%d of %d worlds, %.0f/s, %.0f s left%n", done, count,
                    perSecond, (count - done) / perSecond);
                spec.commandLine().getErr().flush();
            }
            shownNs = nowNs;
        }
    }

    private void requireRange(final String option, final long value, final long least, final long most)
    {
        if (value < least || value > most)
        {
            throw new ParameterException(spec.commandLine(),
                option + " is " + value + ", allowed is " + least + " to " + most);
        }
    }

    private void requireWritable()
    {
        if (json == null)
        {
            return;
        }
        final Path directory = json.toAbsolutePath().getParent();
        if (Files.isDirectory(json) || !Files.isWritable(Files.exists(json) ? json : directory))
        {
            throw new ParameterException(spec.commandLine(), "can not write --json file '" + json +
                "': name a file in a directory that this user may write to");
        }
    }
}
