package io.aeromesh.tools.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.aeron.DriverLauncher;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.NameLocks;
import io.aeromesh.tools.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the doctor says of a machine whose kernel's files are written here, and of directories that are made here.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DoctorTest
{
    private static final String HUGE_PAGES = "sys/kernel/mm/transparent_hugepage/shmem_enabled";

    @TempDir
    private Path temporary;
    private Path root;
    private Path base;

    @BeforeEach
    void makeDirectories() throws IOException
    {
        root = Files.createDirectory(temporary.resolve("root"));
        base = temporary.resolve("base");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "udp receive buffer; proc/sys/net/core/rmem_max; 212992; WARN; sysctl -w net.core.rmem_max=2097152",
        "udp receive buffer; proc/sys/net/core/rmem_max; 4194304; OK; ''",
        "udp send buffer; proc/sys/net/core/wmem_max; 212992; WARN; net.core.wmem_max=2097152",
        "clock; sys/devices/system/clocksource/clocksource0/current_clocksource; hpet; WARN; clocksource=tsc",
        "clock; sys/devices/system/clocksource/clocksource0/current_clocksource; tsc; OK; ''",
        "governor; sys/devices/system/cpu/cpu0/cpufreq/scaling_governor; powersave; WARN; -g performance",
        "governor; sys/devices/system/cpu/cpu0/cpufreq/scaling_governor; performance; OK; ''",
        "huge pages; sys/kernel/mm/transparent_hugepage/shmem_enabled; always [deny]; WARN; shmem_enabled",
        "huge pages; sys/kernel/mm/transparent_hugepage/shmem_enabled; always [never]; OK; huge=always",
        "open files; proc/self/limits; Max open files 1024 4096 files; WARN; ulimit -n",
        "open files; proc/self/limits; Max open files 64 4096 files; FAIL; ulimit -n",
        "open files; proc/self/limits; Max open files 65536 65536 files; OK; ''",
        "locked memory; proc/self/limits; Max locked memory 65536 65536 bytes; OK; ulimit -l"})
    void shouldJudgeWhatTheKernelTells(
        final String check, final String file, final String text, final Level level, final String remedy)
        throws IOException
    {
        write(file, text);

        final Finding finding = find(check);

        assertEquals(level, finding.level(), finding::toString);
        assertTrue(finding.remedy().contains(remedy), finding::toString);
    }

    @Test
    void shouldNotFailOfWhatIsNotTold()
    {
        final List<Finding> findings = Doctor.examine(root, base);

        assertTrue(findings.stream().noneMatch(finding -> finding.level() == Level.FAIL), findings::toString);
        assertEquals(findings.size(), findings.stream().map(Finding::check).distinct().count());
        findings.stream().filter(finding -> finding.level() != Level.OK)
            .forEach(finding -> assertTrue(!finding.remedy().isEmpty(), finding::toString));
    }

    @ParameterizedTest
    @CsvSource({"max, OK", "104857600, WARN", "8589934592, OK"})
    void shouldFindTheMemoryLimitOfAGroupAboveOne(final String limit, final Level level) throws IOException
    {
        write("proc/self/cgroup", "0::/a/b");
        write("sys/fs/cgroup/a/memory.max", limit);
        write("sys/fs/cgroup/a/b/memory.max", "max");

        assertEquals(level, find("cgroup memory").level());
    }

    @Test
    void shouldFindTheMemoryLimitOfVersionOne() throws IOException
    {
        write("proc/self/cgroup", "4:memory:/a");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "1048576");

        assertTrue(find("cgroup memory").found().contains("1.0 MiB"));
    }

    @Test
    void shouldFindAShareOfTheProcessors() throws IOException
    {
        write("proc/self/cgroup", "0::/a");
        write("sys/fs/cgroup/a/cpu.max", "50000 100000");

        final Finding finding = find("cgroup cpu");

        assertEquals(Level.WARN, finding.level());
        assertTrue(finding.found().startsWith("0.50 cores"), finding::toString);
    }

    @Test
    void shouldWarnOfSwap() throws IOException
    {
        write("proc/swaps", "Filename Type Size Used Priority\n/swap file 1024 0 -2");
        write("proc/sys/vm/swappiness", "60");

        assertEquals(Level.WARN, find("swap").level());
        assertTrue(find("swap").found().contains("1 area, vm.swappiness=60"));
    }

    @Test
    void shouldFindADirectoryThatOthersMayEnter() throws IOException
    {
        Files.createDirectory(base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        assertEquals(Level.FAIL, find("base directory").level());
        assertTrue(find("base directory").remedy().contains("chmod 700 " + base));
    }

    @Test
    void shouldFindWhatADeadNodeHasLeft() throws IOException
    {
        MeshNode.launch(NodeConfig.named("other").baseDirectory(base)).close();
        final String node = NameLocks.fileName("default", "dead");
        final Path memory = base.resolve("memory").resolve(node).resolve("0123456789abcdef.mem");
        Files.createDirectory(memory.getParent());
        Files.write(memory, new byte[4096]);
        final Path socket = Files.createFile(base.resolve("names").resolve(node + ".sock"));
        final Path ring = Files.createFile(base.resolve("fedcba9876543210.0011.ring"));

        final Finding finding = find("stale files");

        assertEquals(Level.WARN, finding.level(), finding::toString);
        assertTrue(finding.found().startsWith("3 left behind by processes that are gone, 4.0 KiB"),
            finding::toString);
        for (final Path file : List.of(memory, socket, ring))
        {
            assertTrue(finding.found().contains(file.toString()), finding::toString);
            assertTrue(Files.exists(file), "nothing is changed");
        }
    }

    @Test
    void shouldFindTheDirectoryOfADeadDriverAndNotOfALivingOne() throws IOException
    {
        Files.createDirectory(base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final Path dead = Files.createDirectory(temporary.resolve("aeron-somebody"));
        try (DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), base.resolve("aeron")))
        {
            final Finding finding = find("media drivers");
            assertEquals(Level.WARN, finding.level(), finding::toString);
            assertTrue(finding.found().startsWith("1 left behind"), finding::toString);
            assertTrue(finding.found().contains(dead.toString()), finding::toString);
            assertTrue(!finding.found().contains(driver.dir()), finding::toString);
        }
    }

    @Test
    void shouldNameTheFileSystemsOptions() throws IOException
    {
        write(HUGE_PAGES, "[never]");
        write("proc/self/mounts", "none / ext4 rw 0 0\nnone " + temporary + " tmpfs rw,huge=always 0 0");

        assertTrue(find("huge pages").found().contains("base directory mounted with huge=always"));
    }

    private void write(final String name, final String text) throws IOException
    {
        final Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private Finding find(final String check)
    {
        return Doctor.examine(root, base).stream().filter(finding -> finding.check().equals(check)).findFirst()
            .orElseThrow();
    }
}
