package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.aeron.DriverLauncher;
import io.aeromesh.os.MeshOs;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Main class of a child process that runs a media driver. Argument: the driver's directory.
 */
public final class DriverWorker
{
    private static final int EXIT_LAUNCH_FAILED = 1;
    private static final long POLL_NS = 20_000_000;

    private DriverWorker()
    {
    }

    /**
     * Runs until told to close; the port ends it when the parent is gone.
     */
    public static void main(final String[] args)
    {
        final CommandPort port = CommandPort.open();
        try (DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), Path.of(args[0])))
        {
            port.event("ready", driver.dir());
            run(port);
        }
        catch (final RuntimeException ex)
        {
            ex.printStackTrace();
            port.event("failed", ex.toString());
            System.exit(EXIT_LAUNCH_FAILED);
        }
        System.exit(0);
    }

    private static void run(final CommandPort port)
    {
        while (true)
        {
            final ObjectNode command = port.poll();
            if (command != null && "close".equals(command.path("do").asText()))
            {
                port.write(port.object().put("id", command.path("id").asLong()).put("ok", true));
                return;
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
