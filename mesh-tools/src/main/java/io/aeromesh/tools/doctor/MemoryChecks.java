package io.aeromesh.tools.doctor;

import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Memory that processes share, and what may take it from them.
 */
final class MemoryChecks
{
    /** The four rings of one edge over shared memory, and a direct channel. */
    private static final long ROOM_NEEDED = 4 * Bytes.MIB;
    private static final long ROOM_GOOD = 64 * Bytes.MIB;
    /** What version 1 says where there is no limit is a little less than 2^63. */
    private static final long LIMIT_MAX = 1L << 60;
    private static final long CGROUP_GOOD = 512 * Bytes.MIB;
    private static final String HUGE_PAGES = "sys/kernel/mm/transparent_hugepage/";

    private MemoryChecks()
    {
    }

    static List<Finding> examine(final SystemFiles files, final Path baseDirectory)
    {
        return List.of(sharedMemory(baseDirectory), hugePages(files, baseDirectory), cgroup(files), swap(files));
    }

    private static Finding sharedMemory(final Path baseDirectory)
    {
        final String check = "shared memory";
        try
        {
            final Path existing = existing(baseDirectory);
            final FileStore store = Files.getFileStore(existing);
            final long room = store.getUsableSpace();
            final String found = Bytes.text(room) + " free of " + Bytes.text(store.getTotalSpace()) + " in " +
                existing + " (" + store.type() + ")";
            if (room < ROOM_NEEDED)
            {
                return Finding.fail(check, found, "need " + Bytes.text(ROOM_NEEDED) + " for one edge and one " +
                    "channel: free or enlarge it, as by mount -o remount,size=1g, or --shm-size for a container");
            }
            if (room < ROOM_GOOD)
            {
                return Finding.warn(check, found, "leases alone may take " + Bytes.text(ROOM_GOOD) + " for each " +
                    "node: enlarge it, as by mount -o remount,size=1g, or --shm-size for a container");
            }
            return isInMemory(store) ? Finding.ok(check, found) : Finding.warn(check, found,
                "it is not in memory: put the base directory on a tmpfs, by --dir or -Daeromesh.dir");
        }
        catch (final IOException ex)
        {
            return Finding.fail(check, "can not be told: " + Reason.of(ex), "mount a tmpfs there");
        }
    }

    private static boolean isInMemory(final FileStore store)
    {
        return store.type().equals("tmpfs") || store.type().equals("ramfs");
    }

    private static Path existing(final Path path)
    {
        Path existing = path;
        while (existing.getParent() != null && !Files.isDirectory(existing))
        {
            existing = existing.getParent();
        }
        return existing;
    }

    /**
     * Files in memory get them by how their file system is mounted, which {@code shmem_enabled} can overrule.
     */
    private static Finding hugePages(final SystemFiles files, final Path baseDirectory)
    {
        final String shared = chosen(files.text(HUGE_PAGES + "shmem_enabled"));
        final String anonymous = chosen(files.text(HUGE_PAGES + "enabled"));
        if (shared.isEmpty())
        {
            return Finding.ok("huge pages", "not told by this kernel");
        }
        final boolean isMounted = mountOptions(files, baseDirectory).contains("huge=always");
        final String found = "shmem_enabled=" + shared + ", enabled=" + anonymous + ", base directory " +
            (isMounted ? "mounted with huge=always" : "without huge=always");
        if (shared.equals("deny"))
        {
            return Finding.warn("huge pages", found,
                "no file in memory gets any: echo never > /" + HUGE_PAGES + "shmem_enabled leaves it to the mount");
        }
        return new Finding("huge pages", Finding.Level.OK, found, isMounted || shared.equals("force") ? "" :
            "for few channels with large windows or leases: put the base directory on a tmpfs with huge=always");
    }

    /**
     * The word in brackets.
     */
    private static String chosen(final String words)
    {
        final int begin = words.indexOf('[');
        final int end = words.indexOf(']');
        return begin < 0 || end < begin ? words : words.substring(begin + 1, end);
    }

    /**
     * Of the file system that holds a path: the longest mount point that begins it.
     */
    private static String mountOptions(final SystemFiles files, final Path path)
    {
        Path longest = null;
        String options = "";
        for (final String line : files.lines("proc/self/mounts"))
        {
            final String[] parts = line.split(" ");
            if (parts.length > 3)
            {
                final Path mount = Path.of(parts[1]);
                if (path.startsWith(mount) && (longest == null || mount.startsWith(longest)))
                {
                    longest = mount;
                    options = parts[3];
                }
            }
        }
        return options;
    }

    private static Finding cgroup(final SystemFiles files)
    {
        final List<Path> limits = new ArrayList<>();
        Cgroup.unified(files).forEach(group -> limits.add(group.resolve("memory.max")));
        Cgroup.of(files, "memory").forEach(group -> limits.add(group.resolve("memory.limit_in_bytes")));
        long least = Long.MAX_VALUE;
        Path where = null;
        for (final Path file : limits)
        {
            final OptionalLong limit = SystemFiles.number(file);
            if (limit.isPresent() && limit.getAsLong() < Math.min(least, LIMIT_MAX))
            {
                least = limit.getAsLong();
                where = file;
            }
        }
        if (where == null)
        {
            return Finding.ok("cgroup memory", "no limit");
        }
        final String found = Bytes.text(least) + " by " + where;
        return least >= CGROUP_GOOD ? Finding.ok("cgroup memory", found) : Finding.warn("cgroup memory", found,
            "files in shared memory count here as well as heaps, and beyond it the kernel kills: raise it");
    }

    private static Finding swap(final SystemFiles files)
    {
        final List<String> areas = files.lines("proc/swaps").stream().skip(1).toList();
        if (areas.isEmpty())
        {
            return Finding.ok("swap", "none");
        }
        final String found = areas.size() + (areas.size() == 1 ? " area" : " areas") + ", vm.swappiness=" +
            files.text("proc/sys/vm/swappiness");
        return Finding.warn("swap", found,
            "a page that is swapped out stops who needs it for milliseconds: swapoff -a, or vm.swappiness=1");
    }
}
