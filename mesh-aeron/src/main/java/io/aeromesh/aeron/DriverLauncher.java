package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.TransportContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.exceptions.ActiveDriverException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;

/**
 * A media driver with the project's settings: short timeouts, small files, a directory for this user only, and a
 * duty cycle that sleeps when there is nothing to do. Its directory is deleted at {@link #close}.
 * <p>
 * <b>Threading:</b> a threaded one may be made and closed by any thread and runs on one thread of its own; an invoked
 * one has none and lives from {@link #doWork}. <b>Owns:</b> the driver and its directory.
 */
public final class DriverLauncher implements AutoCloseable
{
    private static final int FLUSH_CYCLES = 64;

    private final String dir;
    private final MediaDriver driver;
    private final AgentInvoker invoker;
    private final AgentRunner runner;

    private DriverLauncher(
        final String dir, final MediaDriver driver, final MeshOs os, final TransportContext.Threading threading)
    {
        this.dir = dir;
        this.driver = driver;
        invoker = driver.sharedAgentInvoker();
        if (threading == TransportContext.Threading.INVOKED)
        {
            runner = null;
        }
        else
        {
            runner = new AgentRunner(
                DriverSettings.idleStrategy(), driver.context().errorHandler(), null, new ThreadedAgent());
            AgentRunner.startOnThread(runner, task -> os.newThread("aeron-driver", task));
        }
    }

    /**
     * The driver on a thread. It is closed by who closes its launcher, not at the end of that thread.
     */
    private final class ThreadedAgent implements Agent
    {
        @Override
        public int doWork()
        {
            if (!invoker.isRunning())
            {
                throw new AgentTerminationException("the media driver in " + dir + " has stopped", true);
            }
            return invoker.invoke();
        }

        @Override
        public String roleName()
        {
            return "aeron-driver";
        }
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
        return launch(os, dir, TransportContext.Threading.THREADED, DriverSettings.DEFAULT);
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
        return new DriverProbe(dir.toString(), os.epochClock(), DriverSettings.DEFAULT).isPresent();
    }

    /**
     * Runs one duty cycle of an invoked driver; nothing otherwise. One thread.
     *
     * @return amount of work done.
     */
    public int doWork()
    {
        return runner == null ? invoker.invoke() : 0;
    }

    /**
     * Directory of the driver.
     */
    public String dir()
    {
        return dir;
    }

    /**
     * Sends what clients that have closed had committed, says that their streams have ended, and stops.
     */
    @Override
    public void close()
    {
        CloseHelper.close(runner);
        for (int i = 0; i < FLUSH_CYCLES; i++)
        {
            invoker.invoke();
        }
        driver.close();
    }

    /**
     * Stops without a word to anyone, as a driver that is killed does; for tests.
     */
    void abandon()
    {
        CloseHelper.close(runner);
        driver.close();
    }

    /**
     * As {@link #threaded}, or without threads: then it runs in {@link #doWork}.
     */
    static DriverLauncher launch(
        final MeshOs os,
        final Path path,
        final TransportContext.Threading threading,
        final DriverSettings settings)
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
        if (new DriverProbe(dir, os.epochClock(), settings).isPresent())
        {
            throw exists(dir, null);
        }

        DriverDirectories.requireOnlyDriverFiles(absolute);
        DriverDirectories.checkSpace(dir, DriverSettings.DRIVER_FILES_LENGTH, "media driver");
        try
        {
            final MediaDriver driver = MediaDriver.launch(settings.driver(dir)
                .dirDeleteOnStart(true) // no live driver is there, nor anything else, as we have just seen
                .epochClock(os.epochClock())
                .nanoClock(os.nanoClock()));
            DriverDirectories.restrict(absolute);
            return new DriverLauncher(dir, driver, os, threading);
        }
        catch (final ActiveDriverException ex)
        {
            throw exists(dir, ex);
        }
        catch (final MeshException ex)
        {
            throw ex;
        }
        catch (final Exception ex) // as it throws checked ones, of files, as if they were not
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not start a media driver in " + dir + ": " +
                Reason.of(ex), ex);
        }
    }

    private static MeshException exists(final String dir, final Throwable cause)
    {
        return new MeshException(ErrorCode.DRIVER_EXISTS, "a media driver runs in " + dir, cause);
    }
}
