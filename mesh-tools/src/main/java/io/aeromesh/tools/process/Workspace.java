package io.aeromesh.tools.process;

import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * A directory for one run and its user only, in memory; removed at the end with all that is in it.
 * <p>
 * <b>Threading:</b> the run's main thread, except {@link #close()}.
 */
public final class Workspace implements AutoCloseable
{
    private final Path root;
    private final Path logs;
    private final Map<String, Integer> starts = new HashMap<>();

    private Workspace(final Path root, final Path logs)
    {
        this.root = root;
        this.logs = logs;
    }

    /**
     * @param parent   in which it is made.
     * @param prefix   of its name.
     * @param keepLogs where logs are kept; null: in here, and so removed.
     * @throws ProcessFailure when a directory can not be made.
     */
    public static Workspace create(final Path parent, final String prefix, final Path keepLogs)
    {
        try
        {
            final Path root = Files.createTempDirectory(parent, prefix,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            final Workspace workspace = new Workspace(
                root, keepLogs == null ? root.resolve("logs") : keepLogs);
            Files.createDirectories(workspace.logs);
            Files.createDirectory(workspace.temporary());
            return workspace;
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not make a directory in " + parent + ": " + Reason.of(ex), ex);
        }
    }

    public Path root()
    {
        return root;
    }

    /**
     * Where nodes meet; made by the first of them.
     */
    public Path nodeDirectory()
    {
        return root.resolve("n");
    }

    public Path driverDirectory()
    {
        return root.resolve("driver");
    }

    public Path temporary()
    {
        return root.resolve("tmp");
    }

    /**
     * Tells this run's mesh from any other on the host.
     */
    public String meshName()
    {
        return root.getFileName().toString();
    }

    /**
     * A log file for the next start of a process.
     */
    public Path log(final String process)
    {
        return logs.resolve(process + "-" + starts.merge(process, 1, Integer::sum) + ".log");
    }

    @Override
    public void close()
    {
        // tolerant of files that a dying process removes at the same time
        IoUtil.delete(root.toFile(), true);
    }
}
