package io.aeromesh.tools;

import io.aeromesh.aeron.DriverLauncher;
import io.aeromesh.os.MeshOs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.concurrent.ShutdownSignalBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a media driver in the foreground.
 */
@Command(
    name = "driver",
    description = {"Runs a media driver until Ctrl-C, for the edges that name its directory.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "1:the driver could not be launched: one line on standard error says why",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example:",
        "  mesh driver --dir /dev/shm/driver-1",
        "  mesh node --name a --edge 'aeron:ipc?dir=/dev/shm/driver-1|stream=1001|peer=b'"})
final class DriverCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--dir", required = true, paramLabel = "DIR",
        description = "Directory of the driver: made by it, and removed at its end.")
    private Path directory;

    @Override
    public Integer call()
    {
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
            DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), directory))
        {
            spec.commandLine().getOut().println("media driver runs in " + driver.dir() + ", Ctrl-C ends it");
            spec.commandLine().getOut().flush();
            barrier.await();
            return 0;
        }
    }
}
