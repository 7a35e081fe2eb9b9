package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system in memory for this run alone, which can be full. Ends with this process's mount namespace.
 */
final class SmallMemory implements AutoCloseable
{
    private static final long LENGTH = 1L << 30;
    /** Room that is left when it is full: less than any file of a node. */
    private static final long ROOM = 16 * 1024;
    /** It can not be made smaller than what is used, which grows while processes start. */
    private static final int FILL_TRIES = 100;

    private final Path directory;

    private SmallMemory(final Path directory)
    {
        this.directory = directory;
    }

    /**
     * Mounts it.
     *
     * @throws ProcessFailure when this machine does not allow it.
     */
    static SmallMemory mount(final Path directory)
    {
        Shell.run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + LENGTH, "none", directory.toString());
        return new SmallMemory(directory);
    }

    /**
     * Bytes of all files as if each were written to its whole length, and of those that have no name any more.
     */
    long committed()
    {
        return used() + length("--apparent-size") - length("--total");
    }

    /**
     * By a tool that minds nothing that goes away while it looks.
     */
    private long length(final String how)
    {
        return Long.parseLong(Shell.output("sh", "-c",
            "du --block-size=1 --summarize " + how + " '" + directory + "' 2>&- | head -n 1").split("\\s")[0]);
    }

    private long used()
    {
        try
        {
            return Files.getFileStore(directory).getTotalSpace() - Files.getFileStore(directory).getUnallocatedSpace();
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not look at " + directory + ": " + ex, ex);
        }
    }

    /**
     * From now on there is no room for any file more.
     */
    void fill()
    {
        String failure = "";
        for (int i = 0; i < FILL_TRIES; i++)
        {
            failure = resize(used() + ROOM);
            if (failure.isEmpty())
            {
                return;
            }
        }
        throw new ProcessFailure(failure);
    }

    void free()
    {
        final String failure = resize(LENGTH);
        if (!failure.isEmpty())
        {
            throw new ProcessFailure(failure);
        }
    }

    @Override
    public void close()
    {
        // lazily: a process that was killed may still be on its way out; where it fails it ends with the namespace
        Shell.failureOf("umount", "-l", directory.toString());
    }

    /**
     * @return why it can not be; empty: it is.
     */
    private String resize(final long length)
    {
        return Shell.failureOf("mount", "-o", "remount,size=" + length, directory.toString());
    }
}
