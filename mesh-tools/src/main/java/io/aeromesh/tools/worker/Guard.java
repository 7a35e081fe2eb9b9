package io.aeromesh.tools.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.IoUtil;

/**
 * Ends what the demo has started when the demo itself was killed and could not: a stopped process does not notice
 * that its parent is gone, and the directory has nobody left to remove it.
 * <p>
 * <b>Threading:</b> any.
 */
final class Guard
{
    private static final long GRACE_MS = 1_000;

    private List<Long> pids = List.of();
    private Path directory;

    /**
     * From now on these processes are to be ended, and that directory removed.
     */
    synchronized void watch(final List<Long> newPids, final Path newDirectory)
    {
        pids = List.copyOf(newPids);
        directory = newDirectory;
    }

    synchronized void cleanUp()
    {
        if (directory == null)
        {
            return;
        }

        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(Guard::end));
        try
        {
            IoUtil.delete(directory.toFile(), true);
        }
        catch (final RuntimeException ex)
        {
            System.err.println("can not remove " + directory + ": " + ex);
        }
    }

    private static void end(final ProcessHandle process)
    {
        try
        {
            process.onExit().get(GRACE_MS, TimeUnit.MILLISECONDS);
        }
        catch (final TimeoutException | ExecutionException ex)
        {
            process.destroyForcibly();
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
