package io.aeromesh.tools;

import io.aeromesh.NodeConfig;
import io.aeromesh.tools.demo.Demo;
import io.aeromesh.tools.demo.DemoOptions;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.option.Seconds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows what the mesh does, with real processes on this host.
 */
@Command(
    name = "demo",
    description = {
        "Starts six node processes and a media driver on this host, joined by shared memory, Aeron IPC and UDP, " +
            "sends checked messages between them, kills, stops and replaces processes meanwhile, and counts.",
        ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:nothing lost, doubled, disordered or changed",
        "1:otherwise, or a step could not be completed",
        "2:the command line was not understood, or a file can not be written"},
    footer = {"", "Example:", "  mesh demo --json demo.json --keep-logs demo-logs"})
final class DemoCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file as JSON.")
    private Path json;

    @Option(names = "--keep-logs", paramLabel = "DIR", description = "Keep the logs of all processes there.")
    private Path keepLogs;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the demo makes its temporary directory, " +
        "best in memory. Default: /dev/shm, else the system's temporary directory.")
    private Path directory = NodeConfig.defaultBaseDirectory().getParent();

    @Option(names = "--messages", paramLabel = "N", converter = Bounds.LongCount.class, hidden = true)
    private long messages = DemoOptions.MESSAGES_DEFAULT;

    @Option(names = "--broadcast-messages", paramLabel = "N", converter = Bounds.LongCount.class, hidden = true)
    private long broadcastMessages = DemoOptions.BROADCAST_MESSAGES_DEFAULT;

    @Option(names = "--round-trips", paramLabel = "N", converter = Bounds.LongCount.class, hidden = true)
    private long roundTrips = DemoOptions.ROUND_TRIPS_DEFAULT;

    @Option(names = "--pause-seconds", paramLabel = "S", converter = Seconds.class, hidden = true)
    private Duration pause = DemoOptions.PAUSE_DEFAULT;

    @Override
    public Integer call() throws IOException
    {
        final DemoOptions options =
            new DemoOptions(messages, broadcastMessages, roundTrips, pause, directory, keepLogs);
        CommandFiles.checkWritable(spec, "--json", json);
        CommandFiles.checkDirectory(spec, "--dir", directory);
        CommandFiles.createDirectory(spec, "--keep-logs", keepLogs);
        final CommandLine line = spec.commandLine();
        final boolean good = new Demo(options, json, line.getOut(), line.getErr()).run();
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
