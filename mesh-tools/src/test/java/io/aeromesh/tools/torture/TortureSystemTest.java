package io.aeromesh.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short torture with what every machine allows, and that what is wrong is found.
 */
@Tag("slow")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TortureSystemTest
{
    private static final Set<Kind> ANYWHERE = EnumSet.of(
        Kind.KILL_WRITER, Kind.KILL_READER, Kind.KILL_RELAY, Kind.STOP, Kind.KILL_DRIVER);

    @TempDir
    private Path results;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldLoseNothingAndLeaveNothing() throws IOException
    {
        final JsonNode report = torture(Duration.ofSeconds(10), ANYWHERE, Set.of());

        assertTrue(report.path("good").asBoolean(), this::said);
        assertTrue(report.path("episodes").asLong() > 0, this::said);
        assertTrue(report.path("messages").path("delivered").asLong() > 1_000, this::said);
        assertTrue(report.path("leases").path("delivered").asLong() > 10, this::said);
        for (final String key : Set.of("lost", "duplicate", "corrupt"))
        {
            assertEquals(0, report.path("messages").path(key).asLong(-1), key);
            assertEquals(0, report.path("leases").path(key).asLong(-1), key);
        }
    }

    @Test
    void shouldFindEachPlantedDefect() throws IOException
    {
        final JsonNode report = torture(Duration.ofSeconds(1), EnumSet.of(Kind.KILL_DRIVER), Set.of(
            "DROP", "DUPLICATE", "FLIP", "LEAK"));

        assertFalse(report.path("good").asBoolean(), this::said);
        assertEquals(2, report.path("messages").path("lost").asLong(), this::said); // one dropped, one corrupt
        assertEquals(1, report.path("messages").path("duplicate").asLong(), this::said);
        assertEquals(1, report.path("messages").path("corrupt").asLong(), this::said);
        assertTrue(report.path("violations").toString().contains("leases_held at F"), this::said);
        final Path evidence = Path.of(report.path("evidence").asText());
        assertTrue(Files.size(evidence.resolve("events.log")) > 0);
        IoUtil.delete(evidence.toFile(), false);
    }

    private JsonNode torture(final Duration length, final Set<Kind> kinds, final Set<String> planted)
        throws IOException
    {
        // a short name: sockets lie below, and their paths have a limit
        final Path shared = Files.createTempDirectory(NodeConfig.defaultBaseDirectory().getParent(), "am-");
        final Path json = results.resolve("torture.json");
        final TortureOptions options = new TortureOptions(length, 1, kinds, false, planted, shared);

        new Torture(options, json, new PrintWriter(out), new PrintWriter(err)).run();

        try (Stream<Path> left = Files.list(shared))
        {
            assertEquals(0, left.count(), this::said);
        }
        Files.delete(shared);
        assertFalse(ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive));
        return new ObjectMapper().readTree(json.toFile());
    }

    private String said()
    {
        return out + System.lineSeparator() + err;
    }
}
