package io.aeromesh.tools.demo;

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
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole demo with real processes, with less of everything.
 */
@Tag("slow")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoSystemTest
{
    @TempDir
    private Path logs;

    @TempDir
    private Path results;

    @Test
    void shouldLoseNothingAndLeaveNothing() throws IOException
    {
        // a short name: sockets lie below, and their paths have a limit
        final Path memory = NodeConfig.defaultBaseDirectory().getParent();
        final Path shared = Files.createTempDirectory(memory, "am-");
        final Path json = results.resolve("demo.json");
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final DemoOptions options = new DemoOptions(50_000, 1_000, 100, Duration.ofSeconds(2), shared, logs);

        final boolean good = new Demo(options, json, new PrintWriter(out), new PrintWriter(err)).run();

        assertTrue(good, () -> out + System.lineSeparator() + err);
        final JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertTrue(report.path("sent").asLong() > 100_000, report::toString);
        assertEquals(report.path("sent").asLong(), report.path("delivered").asLong());
        for (final String key : List.of("duplicates", "out_of_order", "lost", "corrupt", "undelivered_reported"))
        {
            assertEquals(0, report.path(key).asLong(-1), key);
        }
        assertTrue(report.path("reroute_ms").asDouble() > 0, report::toString);
        assertTrue(report.path("msgs_per_s").asLong() > 0, report::toString);
        assertTrue(report.path("rtt").path("A-F").path("p99_9_us").asDouble() > 0, report::toString);
        assertEquals(7, report.path("steps").size());
        Files.delete(shared); // it is empty
        assertFalse(ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive));
    }
}
