package io.aeromesh.tools.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * The demo's directory, for its user only; removed at the end with all that is in it.
 * <p>
 * <b>Threading:</b> the demo's main thread, except {@link #close()}.
 */
final class Workspace implements AutoCloseable
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
     * @throws DemoFailure when a directory can not be made.
     */
    static Workspace create(final DemoOptions options)
    {
        try
        {
            final Path root = Files.createTempDirectory(options.sharedDirectory(), "aeromesh-demo-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            final Workspace workspace = new Workspace(
                root, options.keepLogs() == null ? root.resolve("logs") : options.keepLogs());
            Files.createDirectories(workspace.logs);
            Files.createDirectory(workspace.temporary());
            return workspace;
        }
        catch (final IOException ex)
        {
            throw new DemoFailure("can not make a directory in " + options.sharedDirectory() + ": " + ex, ex);
        }
    }

    Path root()
    {
        return root;
    }

    /**
     * Where nodes meet; made by the first of them.
     */
    Path nodeDirectory()
    {
        return root.resolve("n");
    }

    Path driverDirectory()
    {
        return root.resolve("driver");
    }

    Path temporary()
    {
        return root.resolve("tmp");
    }

    /**
     * Tells this demo's mesh from any other on the host.
     */
    String meshName()
    {
        return root.getFileName().toString();
    }

    /**
     * A log file for the next start of a process.
     */
    Path log(final String process)
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
