package io.aeromesh.shm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Says how many bytes the cgroups of this process, version 2 or 1, let it take still. A file system in memory is
 * charged there, and beyond the limit the kernel kills instead of refusing. Cached pages of files count as free,
 * because the kernel drops them first; without a limit, or where none can be read, the answer is
 * {@link Long#MAX_VALUE}.
 * <p>
 * <b>Threading:</b> any thread; it keeps nothing.
 */
final class CgroupMemory implements FreeSpace
{
    /** As the kernel says now. */
    static final FreeSpace OF_PROCESS = new CgroupMemory(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));

    /** What one version calls its files. */
    private record FileNames(String limit, String usage, String cache)
    {
    }

    private static final FileNames VERSION_2 = new FileNames("memory.max", "memory.current", "");
    private static final FileNames VERSION_1 =
        new FileNames("memory.limit_in_bytes", "memory.usage_in_bytes", "total_");

    private final Path membership;
    private final Path mount;

    /**
     * @param membership file that says which cgroups this process is in.
     * @param mount      directory under which they are mounted.
     */
    CgroupMemory(final Path membership, final Path mount)
    {
        this.membership = membership;
        this.mount = mount;
    }

    @Override
    public long usableBytes(final Path directory) throws IOException
    {
        long least = Long.MAX_VALUE;
        if (Files.isReadable(membership))
        {
            for (final String line : Files.readAllLines(membership, StandardCharsets.UTF_8))
            {
                final String[] parts = line.split(":", 3);
                if (3 == parts.length && parts[1].isEmpty())
                {
                    least = Math.min(least, usable(mount, parts[2], VERSION_2));
                }
                else if (3 == parts.length && List.of(parts[1].split(",")).contains("memory"))
                {
                    least = Math.min(least, usable(mount.resolve("memory"), parts[2], VERSION_1));
                }
            }
        }
        return least;
    }

    /**
     * The least of a group and those above it. In a container the path may be one of the host: then the mount is it.
     */
    private static long usable(final Path root, final String group, final FileNames names)
    {
        Path path = root.resolve("." + group).normalize();
        long least = Long.MAX_VALUE;
        while (path.startsWith(root))
        {
            least = Math.min(least, usable(path, names));
            path = path.getParent();
        }
        return least;
    }

    private static long usable(final Path group, final FileNames names)
    {
        try
        {
            final String limit = Files.readString(group.resolve(names.limit())).trim();
            if ("max".equals(limit))
            {
                return Long.MAX_VALUE;
            }
            long cached = 0;
            for (final String line : Files.readAllLines(group.resolve("memory.stat"), StandardCharsets.UTF_8))
            {
                if (line.startsWith(names.cache() + "inactive_file ") ||
                    line.startsWith(names.cache() + "active_file "))
                {
                    cached += Long.parseLong(line.substring(line.indexOf(' ') + 1).trim());
                }
            }
            final long usage = Long.parseLong(Files.readString(group.resolve(names.usage())).trim());
            return Math.max(0, Long.parseLong(limit) - usage + cached);
        }
        catch (final IOException | NumberFormatException ignore)
        {
            return Long.MAX_VALUE; // not mounted here, or without this controller: nothing is known to stop us
        }
    }
}
