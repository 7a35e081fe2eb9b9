package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.report.Entry;
import io.aeromesh.bench.cli.report.HtmlReport;
import io.aeromesh.bench.cli.report.JsonReport;
import io.aeromesh.bench.cli.report.TableReport;
import io.aeromesh.bench.cli.tech.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures the mesh beside the alternatives and the hardware.
 */
@Command(
    name = "mesh bench",
    mixinStandardHelpOptions = true,
    description = {"Measures the mesh beside its alternatives and beside what the hardware can do, in one run.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:measured; what can not be measured here was named and left out",
        "1:a row failed, or there is none",
        "2:the command line was not understood, or a file can not be written",
        "130:ended by Ctrl-C; nothing is left running, and no file"},
    footerHeading = "%nCases and their techs:%n",
    footer = {
        "  rtt         there and back: limit, limit2, direct, direct-udp, contexts,",
        "              proxy-1, proxy-2, proxy-3, ring, aeron-ipc, aeron-udp, disruptor,",
        "              chronicle-queue, jeromq, uds",
        "  throughput  one way: stream-limit, and those of rtt without limit and limit2",
        "  hop         a packet passed on, one thread: hop, copy, agrona-copy",
        "  transfer    a block there and back: lease, direct, aeron-ipc, ring",
        "  broadcast   to 1, 2 and 3 receivers: broadcast, aeron-ipc",
        "  proxy       through relays, one thread, acknowledged end to end: proxy-1,",
        "              proxy-2, proxy-3",
        "  footprint   bytes, threads, descriptors: node, edge, channel",
        "",
        "Examples:",
        "  mesh bench rtt --quick",
        "  mesh bench rtt --size 32,4k --tech limit,direct,aeron-ipc --runs 5 \\",
        "    --json rtt.json --html rtt.html",
        "  mesh bench throughput --mode threads --tech stream-limit,ring,disruptor",
        "  mesh bench transfer --size 1m",
        "  mesh bench report --help   # regenerates the tables of the documents"})
public final class BenchCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CASE",
        description = "rtt, throughput, hop, transfer, broadcast, proxy or footprint; see below.")
    private String caseText;

    @Option(names = "--size", paramLabel = "N,N...",
        description = "Sizes of messages in bytes, 8 to 4m. Default: what the case is about.")
    private String sizes;

    @Option(names = "--tech", paramLabel = "A,B...", description = "What to measure. Default: all of the case.")
    private String techs;

    @Option(names = "--mode", paramLabel = "MODE",
        description = "processes or threads: what the two ends are. Default: processes.")
    private String mode;

    @Option(names = "--runs", paramLabel = "N",
        description = "How often each row is measured; the table then has the median and the spread. " +
            "Default: ${DEFAULT-VALUE}.")
    private int runs = 1;

    @Option(names = "--quick", description = "Under a minute, for a look: the likeliest " +
        "configuration of each instead of the best of several, and shorter.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all rows there, one for each run.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE",
        description = "Write a page with tables and plots of latency by percentile there.")
    private Path html;

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        final Request request = request();
        requireWritable("--json", json);
        requireWritable("--html", html);
        final PrintWriter out = spec.commandLine().getOut();
        final Pinning pinning = new Pinning();
        if (request.mode() == Mode.PROCESSES && !pinning.note().isEmpty())
        {
            spec.commandLine().getErr().println("mesh bench: " + pinning.note());
        }

        final Workers workers = Workers.open(pinning, JavaHome.current());
        final Campaign campaign = new Campaign(request, workers, spec.commandLine().getErr());
        final List<Entry> entries = campaign.run();
        workers.close();
        TableReport.print(out, entries);
        if (json != null)
        {
            JsonReport.write(json, entries);
        }
        if (html != null)
        {
            HtmlReport.write(html, "mesh bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
                entries);
        }
        return campaign.failures() == 0 && !entries.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Request request()
    {
        try
        {
            return Request.parse(caseText, sizes, techs, mode, runs, quick ? Plan.QUICK : Plan.FULL);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }
    }

    private void requireWritable(final String option, final Path file)
    {
        if (file == null)
        {
            return;
        }
        final Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : directory))
        {
            throw new ParameterException(spec.commandLine(), "can not write " + option + " file '" + file +
                "': it is a directory, or may not be written by this user");
        }
    }
}
