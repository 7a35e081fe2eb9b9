package io.aeromesh.tools.doctor;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Limits of this process, as its children inherit them.
 */
final class LimitChecks
{
    private static final long FILES_NEEDED = 256;
    private static final long FILES_GOOD = 4096;
    private static final long LOCKED_GOOD = 64 * Bytes.MIB;

    private LimitChecks()
    {
    }

    static List<Finding> examine(final SystemFiles files)
    {
        return List.of(openFiles(files), lockedMemory(files));
    }

    private static Finding openFiles(final SystemFiles files)
    {
        final String check = "open files";
        final OptionalLong limit = softLimit(files, "Max open files");
        if (limit.isEmpty())
        {
            return Finding.ok(check, "no limit is told");
        }
        final String found = "ulimit -n is " + limit.getAsLong();
        if (limit.getAsLong() < FILES_NEEDED)
        {
            return Finding.fail(check, found, "a JVM and a few edges need " + FILES_NEEDED + ": ulimit -n 65536");
        }
        return limit.getAsLong() >= FILES_GOOD ? Finding.ok(check, found) :
            Finding.warn(check, found, "each edge and each process that is watched takes some: ulimit -n 65536");
    }

    private static Finding lockedMemory(final SystemFiles files)
    {
        final OptionalLong limit = softLimit(files, "Max locked memory");
        if (limit.isEmpty())
        {
            return Finding.ok("locked memory", "no limit");
        }
        // the mesh locks nothing; whoever wants to keep the kernel from moving or swapping its pages has to be allowed
        return new Finding("locked memory", Finding.Level.OK, "ulimit -l is " + Bytes.text(limit.getAsLong()),
            limit.getAsLong() >= LOCKED_GOOD ? "" : "only where you lock memory yourself: ulimit -l unlimited");
    }

    /**
     * Empty: unlimited, or not told.
     */
    private static OptionalLong softLimit(final SystemFiles files, final String name)
    {
        for (final String line : files.lines("proc/self/limits"))
        {
            final Matcher limit = Pattern.compile(Pattern.quote(name) + " +(\\d+) .*").matcher(line);
            if (limit.matches())
            {
                return OptionalLong.of(Long.parseLong(limit.group(1)));
            }
        }
        return OptionalLong.empty();
    }
}
