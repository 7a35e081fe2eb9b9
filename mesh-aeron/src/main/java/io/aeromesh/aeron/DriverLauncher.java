package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.driver.exceptions.ActiveDriverException;
import java.nio.file.Path;
import org.agrona.concurrent.AgentInvoker;

/**
 * A media driver with the project's settings: short timeouts, small files, a directory for this user only, and a
 * duty cycle that sleeps when there is nothing to do. Its directory is deleted at {@link #close}.
 * <p>
 * <b>Threading:</b> a threaded one may be made and closed by any thread and runs on one thread of its own; an invoked
 * one has none and lives from {@link #doWork}. <b>Owns:</b> the driver and its directory.
 */
public final class DriverLauncher implements AutoCloseable
{
    private final String dir;
    private final MediaDriver driver;

    private DriverLauncher(final String dir, final MediaDriver driver)
    {
        this.dir = dir;
        this.driver = driver;
    }

    /**
     * Starts a driver with one thread of its own. What a dead driver left in the directory is deleted; a directory
     * with anything else in it is refused.
     *
     * @param os  for clocks and the thread.
     * @param dir of the driver, created when missing.
     * @return the running driver.
     * @throws MeshException when a live driver has the directory, or the directory can not be used.
     */
    public static DriverLauncher threaded(final MeshOs os, final Path dir)
    {
        return launch(os, dir, ThreadingMode.SHARED);
    }

    /**
     * Makes a driver without threads: it runs in {@link #doWork}.
     *
     * @param os  for clocks.
     * @param dir of the driver, created when missing.
     * @return the driver.
     * @throws MeshException as {@link #threaded}.
     */
    public static DriverLauncher invoked(final MeshOs os, final Path dir)
    {
        return launch(os, dir, ThreadingMode.INVOKER);
    }

    /**
     * Whether a live driver has a directory.
     *
     * @param os  for the clock.
     * @param dir of the driver; need not exist.
     * @throws MeshException DRIVER_EXISTS when it has one of another version.
     */
    public static boolean isRunning(final MeshOs os, final Path dir)
    {
        return new DriverProbe(dir.toString(), os.epochClock()).isPresent();
    }

    /**
     * Runs one duty cycle of an invoked driver; nothing otherwise. One thread.
     *
     * @return amount of work done.
     */
    public int doWork()
    {
        final AgentInvoker invoker = driver.sharedAgentInvoker();
        return invoker == null ? 0 : invoker.invoke();
    }

    /**
     * Directory of the driver.
     */
    public String dir()
    {
        return dir;
    }

    @Override
    public void close()
    {
        driver.close();
    }

    private static DriverLauncher launch(final MeshOs os, final Path path, final ThreadingMode threading)
    {
        if (path.toString().isEmpty())
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory of a driver is empty");
        }

        final Path absolute = path.toAbsolutePath().normalize();
        final String dir = absolute.toString();
        if (absolute.getParent() == null)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory of a driver can not be " + dir);
        }

        DriverDirectories.ensureOwned(absolute.getParent());
        if (new DriverProbe(dir, os.epochClock()).isPresent())
        {
            throw exists(dir, null);
        }

        DriverDirectories.requireOnlyDriverFiles(absolute);
        DriverDirectories.checkSpace(dir, DriverSettings.DRIVER_FILES_LENGTH, "media driver");
        try
        {
            final MediaDriver driver = MediaDriver.launch(DriverSettings.driver(dir, threading)
                .dirDeleteOnStart(true) // no live driver is there, nor anything else, as we have just seen
                .epochClock(os.epochClock())
                .nanoClock(os.nanoClock())
                .sharedThreadFactory(task -> os.newThread("aeron-driver", task)));
            DriverDirectories.restrict(absolute);
            return new DriverLauncher(dir, driver);
        }
        catch (final ActiveDriverException ex)
        {
            throw exists(dir, ex);
        }
        catch (final MeshException ex)
        {
            throw ex;
        }
        catch (final RuntimeException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not start a media driver in " + dir + ": " +
                ex.getMessage(), ex);
        }
    }

    private static MeshException exists(final String dir, final Throwable cause)
    {
        return new MeshException(ErrorCode.DRIVER_EXISTS, "a media driver runs in " + dir, cause);
    }
}
