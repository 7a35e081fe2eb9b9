package io.aeromesh.tools.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cores, how quick they are kept, and the clock.
 */
final class CpuChecks
{
    private static final String CPUS = "sys/devices/system/cpu";
    private static final String CLOCK = "sys/devices/system/clocksource/clocksource0/current_clocksource";
    /** Those that are read without asking the kernel. */
    private static final Set<String> QUICK_CLOCKS =
        Set.of("tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page");

    private CpuChecks()
    {
    }

    static List<Finding> examine(final SystemFiles files)
    {
        return List.of(cores(), quota(files), governor(files), clock(files));
    }

    private static Finding cores()
    {
        final int cores = Runtime.getRuntime().availableProcessors();
        return cores > 1 ? Finding.ok("cores", Integer.toString(cores)) :
            Finding.warn("cores", "1", "an agent that spins takes it from all others: Idle.BACK_OFF or PARKED");
    }

    /**
     * A share of time that is used up stops the process until the next period.
     */
    private static Finding quota(final SystemFiles files)
    {
        double least = Double.MAX_VALUE;
        Path where = null;
        for (final Path group : Cgroup.unified(files))
        {
            final String[] parts = SystemFiles.text(group.resolve("cpu.max")).split(" ");
            final double share = parts.length == 2 ? share(parts[0], parts[1]) : Double.MAX_VALUE;
            where = share < least ? group.resolve("cpu.max") : where;
            least = Math.min(least, share);
        }
        for (final Path group : Cgroup.of(files, "cpu"))
        {
            final double share = share(SystemFiles.text(group.resolve("cpu.cfs_quota_us")),
                SystemFiles.text(group.resolve("cpu.cfs_period_us")));
            where = share < least ? group.resolve("cpu.cfs_quota_us") : where;
            least = Math.min(least, share);
        }
        return where == null ? Finding.ok("cgroup cpu", "no limit") :
            Finding.warn("cgroup cpu", String.format(Locale.ROOT, "%.2f cores by %s", least, where),
                "a process that has used its share is stopped for the rest of the period, tens of milliseconds: " +
                    "give it whole cores, or idle by Idle.PARKED");
    }

    private static double share(final String quota, final String period)
    {
        try
        {
            final double share = Double.parseDouble(quota) / Double.parseDouble(period);
            return share > 0 ? share : Double.MAX_VALUE;
        }
        catch (final NumberFormatException ignore)
        {
            return Double.MAX_VALUE; // max, or no such file
        }
    }

    private static Finding governor(final SystemFiles files)
    {
        final Set<String> governors = new TreeSet<>();
        try (DirectoryStream<Path> cpus = Files.newDirectoryStream(files.path(CPUS), "cpu[0-9]*"))
        {
            for (final Path cpu : cpus)
            {
                governors.add(SystemFiles.text(cpu.resolve("cpufreq/scaling_governor")));
            }
        }
        catch (final IOException ignore)
        {
            governors.clear();
        }
        governors.remove("");
        if (governors.isEmpty())
        {
            return Finding.ok("governor", "not told, as in a virtual machine");
        }
        final String found = String.join(", ", governors);
        return governors.equals(Set.of("performance")) ? Finding.ok("governor", found) : Finding.warn("governor",
            found, "cores that slow down when idle wake slowly: cpupower frequency-set -g performance");
    }

    private static Finding clock(final SystemFiles files)
    {
        final String clock = files.text(CLOCK);
        if (clock.isEmpty() || QUICK_CLOCKS.contains(clock))
        {
            return Finding.ok("clock", clock.isEmpty() ? "not told by this kernel" : clock);
        }
        return Finding.warn("clock", clock, "each look at it asks the kernel, for a microsecond rather than 20 ns: " +
            "boot with clocksource=tsc, where the machine's is sound");
    }
}
