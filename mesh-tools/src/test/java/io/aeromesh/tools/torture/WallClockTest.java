package io.aeromesh.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WallClockTest
{
    private static final Path SHARED = Path.of("/dev/shm");

    @TempDir
    private Path directory;
    private WallClock clock;

    @BeforeEach
    void create()
    {
        assumeTrue(WallClock.library() != null, "libfaketime is not there");
        clock = WallClock.create(directory);
    }

    @Test
    void shouldLeaveNoFileOfAProcessThatIsKilledOnceItRuns() throws Exception
    {
        final Process process = startAndAwait();

        clock.forget(process.pid());
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);

        assertEquals(List.of(), filesOf(process.pid()));
    }

    @Test
    void shouldLeaveNoFileOfAProcessThatWasKilled() throws Exception
    {
        final Process process = startAndAwait();

        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
        clock.forget(process.pid());

        assertEquals(List.of(), filesOf(process.pid()));
    }

    @Test
    void shouldShowAClockThatIsADayAhead() throws Exception
    {
        clock.step(86_400);
        final List<String> command = new ArrayList<>(clock.prefix());
        command.addAll(List.of("date", "+%s"));
        final long beginS = System.currentTimeMillis() / 1000;

        final Process process = new ProcessBuilder(command).start();
        final long shownS = Long.parseLong(process.inputReader().readLine());

        assertEquals(1, (shownS - beginS) / 86_400);
        process.waitFor(10, TimeUnit.SECONDS);
        clock.forget(process.pid());
    }

    /**
     * One that has said a word, so that the library is there, and waits for its input to end.
     */
    private Process startAndAwait() throws IOException
    {
        final List<String> command = new ArrayList<>(clock.prefix());
        command.addAll(List.of("sh", "-c", "echo ready; read end"));
        final Process process = new ProcessBuilder(command).start();
        assertEquals("ready", process.inputReader().readLine());
        return process;
    }

    private static List<String> filesOf(final long pid) throws IOException
    {
        try (Stream<Path> files = Files.list(SHARED))
        {
            return files.map(file -> file.getFileName().toString())
                .filter(name -> name.contains("faketime") && name.endsWith("_" + pid)).toList();
        }
    }
}
