package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.os.NameLocks;
import io.aeromesh.tools.Mesh;
import io.aeromesh.tools.doctor.Doctor;
import io.aeromesh.tools.doctor.Finding;
import io.aeromesh.tools.doctor.Finding.Level;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doctor in a process of its own, where something is wrong with it or with the directory.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DoctorProcessTest
{
    @TempDir
    private Path temporary;
    private Path mount;

    @AfterEach
    void unmount() throws IOException, InterruptedException
    {
        if (mount != null)
        {
            run("umount", mount.toString());
        }
    }

    @Test
    void shouldFindThatFlagsOfTheJvmAreMissing() throws IOException, InterruptedException
    {
        final Process doctor = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"), Mesh.class.getName(), "doctor", "--json", "--dir",
            temporary.resolve("base").toString()).redirectErrorStream(true).start();

        final String text = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(1, doctor.waitFor(), text);
        final JsonNode flags = check(text, "jvm flags");
        assertEquals("fail", flags.get("level").textValue());
        assertTrue(flags.get("found").textValue().contains("--add-opens java.base/jdk.internal.misc=ALL-UNNAMED"),
            text);
    }

    @Test
    void shouldFindThatSharedMemoryIsFull() throws IOException, InterruptedException
    {
        final Path directory = Files.createDirectory(temporary.resolve("mount"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", directory.toString()) == 0,
            "only root may mount");
        mount = directory;
        Files.write(directory.resolve("filler"), new byte[512 * 1024]);
        try (Child doctor = Child.start(temporary, Mesh.class, "doctor", "--json", "--dir", directory.toString()))
        {
            final String text = String.join("\n", doctor.lastLines());
            assertEquals(1, doctor.awaitExit(), text);
            final JsonNode memory = check(text, "shared memory");
            assertEquals("fail", memory.get("level").textValue());
            assertTrue(memory.get("found").textValue().contains("512.0 KiB free of 1.0 MiB"), text);
            assertTrue(memory.get("remedy").textValue().contains("4.0 MiB"), text);
        }
    }

    @Test
    void shouldTellTheFilesOfALivingNodeFromThoseOfADeadOne()
    {
        final Path base = temporary.resolve("base");
        try (Tool node = Tool.start(base, Redirect.PIPE, Redirect.PIPE, "node", "--name", "a", "--edge", "shm:link"))
        {
            node.await("its socket", () -> Files.exists(base.resolve("names")) && Files.exists(socket(base)));
            assertEquals(Level.OK, stale(base).level(), stale(base)::toString);
            node.signal("KILL");
            node.awaitExit();
            assertEquals(Level.WARN, stale(base).level(), stale(base)::toString);
            assertTrue(stale(base).found().contains(socket(base).toString()), stale(base)::toString);
        }
    }

    private static Path socket(final Path base)
    {
        return base.resolve("names").resolve(NameLocks.fileName("default", "a") + ".sock");
    }

    private static Finding stale(final Path base)
    {
        return Doctor.examine(Path.of("/"), base).stream()
            .filter(finding -> finding.check().equals("stale files")).findFirst().orElseThrow();
    }

    private static JsonNode check(final String text, final String name) throws IOException
    {
        final List<JsonNode> checks = new ArrayList<>();
        new ObjectMapper().readTree(text).get("checks").forEach(checks::add);
        return checks.stream().filter(check -> check.get("check").textValue().equals(name)).findFirst().orElseThrow();
    }

    private static int run(final String... command) throws IOException, InterruptedException
    {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start().waitFor();
    }
}
