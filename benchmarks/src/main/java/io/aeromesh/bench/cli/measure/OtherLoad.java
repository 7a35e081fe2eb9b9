package io.aeromesh.bench.cli.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of a core others took while something was measured: what the machine was busy with, less what the measuring
 * processes used. From {@code /proc}, in its ticks of 10 ms. Where there is no {@code /proc}, nothing is known.
 */
final class OtherLoad
{
    private static final Path MACHINE = Path.of("/proc/stat");
    /** Fields of the line {@code cpu}: user, nice, system, then idle and iowait, then irq, softirq, steal. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};
    /** Fields of a process's line after the name in brackets: utime and stime. */
    private static final int[] USED = {11, 12};
    private static final double NS_PER_TICK = 1e7;

    private final List<Long> pids;
    private final long startNs = System.nanoTime();
    private final long busyTicks;
    private final long ownTicks;

    /**
     * Begins to count.
     *
     * @param pids of the processes whose use is no disturbance.
     */
    OtherLoad(final List<Long> pids)
    {
        this.pids = pids;
        busyTicks = machine();
        ownTicks = own();
    }

    /**
     * What others have taken since the beginning, as a part of one core; 0 where it can not be known.
     */
    double share()
    {
        final double elapsedTicks = (System.nanoTime() - startNs) / NS_PER_TICK;
        final long others = machine() - busyTicks - (own() - ownTicks);
        // a tick of each process may be under way at either end
        final long uncertain = 2L * pids.size();
        return Math.max(0, others - uncertain) / Math.max(1, elapsedTicks);
    }

    private static long machine()
    {
        try (Stream<String> lines = Files.lines(MACHINE))
        {
            return sum(lines.findFirst().orElse("").trim().split(" +"), BUSY);
        }
        catch (final IOException ex)
        {
            return 0;
        }
    }

    private long own()
    {
        long ticks = 0;
        for (final long pid : pids)
        {
            try
            {
                final String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
                ticks += sum(line.substring(line.lastIndexOf(')') + 2).trim().split(" +"), USED);
            }
            catch (final IOException ex)
            {
                return 0;
            }
        }
        return ticks;
    }

    static long sum(final String[] fields, final int[] wanted)
    {
        long ticks = 0;
        for (final int field : wanted)
        {
            ticks += field < fields.length ? Long.parseLong(fields[field]) : 0;
        }
        return ticks;
    }
}
