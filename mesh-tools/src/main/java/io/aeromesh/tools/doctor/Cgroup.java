package io.aeromesh.tools.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The control groups that this process is in, from its own up to the root, as far as they are mounted here.
 */
final class Cgroup
{
    private static final String MEMBERSHIP = "proc/self/cgroup";
    private static final String MOUNT = "sys/fs/cgroup";
    private static final int PARTS = 3;

    private Cgroup()
    {
    }

    /**
     * Directories of version 2.
     */
    static List<Path> unified(final SystemFiles files)
    {
        return directories(files, "", files.path(MOUNT));
    }

    /**
     * Directories of a controller of version 1.
     */
    static List<Path> of(final SystemFiles files, final String controller)
    {
        return directories(files, controller, files.path(MOUNT).resolve(controller));
    }

    private static List<Path> directories(final SystemFiles files, final String controller, final Path mount)
    {
        final List<Path> directories = new ArrayList<>();
        for (final String line : files.lines(MEMBERSHIP))
        {
            final String[] parts = line.split(":", PARTS);
            if (parts.length == PARTS && List.of(parts[1].split(",")).contains(controller))
            {
                // in a container the path may be one of the host: then the mount is it
                Path path = mount.resolve("." + parts[2]).normalize();
                while (path.startsWith(mount))
                {
                    directories.add(path);
                    path = path.getParent();
                }
            }
        }
        return directories;
    }
}
