package io.aeromesh.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.measure.Rendezvous;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest
{
    /** The peer still reads its page then, and a JVM that reads what is no longer mapped ends with a signal. */
    @Test
    @Timeout(60)
    void shouldSayWhatFailedInTheLeadWhileThePeerIsAThread(@TempDir final Path temporary)
        throws IOException, InterruptedException
    {
        // below one, as a worker without its parent removes the directory of all rows
        final Path directory = Files.createDirectory(temporary.resolve("0"));
        Rendezvous.create(directory);
        // the lead is to make this file, and can not
        Files.createDirectory(directory.resolve("ring-to-lead"));
        final Job job = new Job(Case.RTT, "ring", Mode.THREADS, 32, 1, "", Plan.PROBE);
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName(),
            Worker.Ends.BOTH.name(), directory.toString(), new ObjectMapper().writeValueAsString(job)));

        // there, as a JVM that crashes leaves its log where it runs
        final Process worker = new ProcessBuilder(command).directory(directory.toFile())
            .redirectErrorStream(true).start();
        final String said = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(1, worker.waitFor(), said);
        assertTrue(said.contains("\n" + Worker.FAILED) && said.contains("ring-to-lead"), said);
    }
}
