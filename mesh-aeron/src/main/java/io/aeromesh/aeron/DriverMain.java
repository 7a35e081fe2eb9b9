package io.aeromesh.aeron;

import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import java.nio.file.Path;
import org.agrona.concurrent.ShutdownSignalBarrier;

/**
 * Runs a media driver of its own process until it is told to end, with the settings of {@link DriverLauncher}.
 * Main thread only.
 */
public final class DriverMain
{
    private DriverMain()
    {
    }

    /**
     * Says {@code ready} and the directory when the driver runs.
     *
     * @param args the driver's directory.
     */
    public static void main(final String[] args)
    {
        if (args.length != 1)
        {
            System.err.println("usage: DriverMain <directory>");
            System.exit(2);
        }

        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
            DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), Path.of(args[0])))
        {
            System.out.println("ready " + driver.dir());
            barrier.await();
        }
        catch (final MeshException ex)
        {
            System.err.println(ex.getMessage());
            System.exit(1);
        }
    }
}
