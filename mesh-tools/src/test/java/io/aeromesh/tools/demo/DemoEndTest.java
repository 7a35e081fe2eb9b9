package io.aeromesh.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.tools.JvmFlags;
import io.aeromesh.tools.Mesh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the demo leaves no process and no file behind when it is ended from outside.
 */
@Tag("slow")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoEndTest
{
    private static final long END_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The demo makes its own directory in here. */
    @TempDir
    private Path shared;

    private Process demo;
    private List<ProcessHandle> workers = List.of();

    @AfterEach
    void endAll()
    {
        demo.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldLeaveNothingWhenTerminated() throws IOException
    {
        start();
        awaitLine("A proxy channel");
        assertEquals(7, workers.size());

        demo.destroy();

        awaitNothingLeft();
    }

    @Test
    void shouldLeaveNothingWhenKilledWhileNodeIsStopped() throws IOException
    {
        start();
        awaitLine("E stopped");
        assertEquals(6, workers.size());

        demo.destroyForcibly();

        awaitNothingLeft();
    }

    private void start() throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        command.add("-XX:TieredStopAtLevel=1"); // seven JVMs have few cores, and what they do is over soon
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Mesh.class.getName(), "demo",
            "--dir", shared.toString(), "--messages", "20000", "--broadcast-messages", "500", "--round-trips", "20"));
        demo = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void awaitLine(final String part) throws IOException
    {
        final List<String> seen = new ArrayList<>();
        final BufferedReader out = new BufferedReader(
            new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.contains(part))
        {
            seen.add(line);
            line = out.readLine();
        }
        assertTrue(line != null, () -> "ended before '" + part + "': " + String.join("\n", seen));
        workers = demo.descendants().toList();
    }

    private void awaitNothingLeft() throws IOException
    {
        final long startNs = System.nanoTime();
        while (workers.stream().anyMatch(ProcessHandle::isAlive) || demo.isAlive() || !isEmpty())
        {
            assertTrue(System.nanoTime() - startNs < END_NS,
                () -> "left: " + workers.stream().filter(ProcessHandle::isAlive).toList());
            LockSupport.parkNanos(PARK_NS);
        }
    }

    private boolean isEmpty() throws IOException
    {
        try (Stream<Path> files = Files.list(shared))
        {
            return files.findAny().isEmpty();
        }
    }
}
