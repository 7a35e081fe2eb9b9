package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.examples.Documents;
import io.aeromesh.tools.Mesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the guide shows on the command line, as it stands there, by a shell in a directory with a {@code ./mesh}.
 */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuideSessionTest
{
    private static final int HEAP_MB = 64;
    private static final int TERMINATED = 143;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path scratch;
    private final List<Command> commands = new ArrayList<>();

    /** A command of the documents, by a shell, which Java then replaces. */
    private final class Command
    {
        private final String line;
        private final Process shell;
        private final Path said = scratch.resolve("said-" + commands.size());

        Command(final String line)
        {
            assertTrue(Documents.commands().contains(line), () -> "no document shows: " + line);
            this.line = line;
            try
            {
                shell = new ProcessBuilder("bash", "-c", line).directory(scratch.toFile()).redirectErrorStream(true)
                    .redirectOutput(said.toFile()).start();
                shell.getOutputStream().close();
            }
            catch (final IOException ex)
            {
                throw new AssertionError(ex);
            }
            commands.add(this);
        }

        String text()
        {
            try
            {
                return Files.readString(said);
            }
            catch (final IOException ex)
            {
                throw new AssertionError(ex);
            }
        }

        Command awaitText(final String expected)
        {
            return awaitText(expected, 1);
        }

        /** So many times. */
        Command awaitText(final String expected, final int times)
        {
            final long startNs = System.nanoTime();
            while (text().split(Pattern.quote(expected), -1).length <= times)
            {
                assertTrue(shell.isAlive() && System.nanoTime() - startNs < DEADLINE_NS,
                    () -> line + " did not say '" + expected + "': " + text());
                JvmProcess.rest();
            }
            return this;
        }

        void assertEnds(final int exitCode) throws InterruptedException
        {
            assertTrue(shell.waitFor(DEADLINE_NS, TimeUnit.NANOSECONDS), () -> line + " does not end: " + text());
            assertEquals(exitCode, shell.exitValue(), () -> line + ": " + text());
        }

        /** Not by an interrupt, which who was started in the background of a shell may ignore. */
        void end() throws IOException, InterruptedException
        {
            new ProcessBuilder("kill", "-TERM", Long.toString(shell.pid())).start().waitFor();
            assertEnds(TERMINATED);
        }
    }

    /** What {@code ./mesh} is in a checkout that is built, but for where its nodes meet. */
    @BeforeEach
    void makeMesh() throws IOException
    {
        final List<String> java = new ArrayList<>(JvmProcess.command(HEAP_MB, Mesh.class).command());
        java.add(1, "-D" + NodeConfig.DIRECTORY_PROPERTY + "=" + base());
        final String script = "#!/bin/bash\nexec " +
            java.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + " \"$@\"\n";
        Files.writeString(scratch.resolve("mesh"), script);
        Files.setPosixFilePermissions(scratch.resolve("mesh"), PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void kill()
    {
        commands.forEach(command ->
        {
            command.shell.descendants().forEach(ProcessHandle::destroyForcibly);
            command.shell.destroyForcibly().onExit().join();
        });
    }

    private Path base()
    {
        return scratch.resolve("base");
    }

    @Test
    void shouldTalkAsTheGuideSays() throws IOException, InterruptedException
    {
        final Command host = new Command("./mesh host --name beta").awaitText("host beta runs");
        final Command first = new Command("./mesh recv orders");
        host.awaitText("up, to beta/visitor-1");
        final Command echo = new Command("echo 'buy 100' | ./mesh send --to beta/orders");
        echo.assertEnds(0);
        first.assertEnds(0);
        assertTrue(echo.text().contains("sent 8 bytes in 1 message to beta/orders, all acknowledged"), echo::text);
        assertTrue(first.text().contains("buy 100\n"), first::text);

        Files.writeString(scratch.resolve("file"), "one\ntwo\n", StandardCharsets.US_ASCII);
        final Command recv = new Command("./mesh recv orders > copy");
        host.awaitText("up, to beta/visitor-1", 2);
        final Command ping = new Command("./mesh ping beta -c 5 -i 0.2");
        final Command topology = new Command("./mesh topology --format svg --out mesh.svg");
        final Command text = new Command("./mesh topology");
        ping.assertEnds(0);
        topology.assertEnds(0);
        text.assertEnds(0);
        assertTrue(Files.readString(scratch.resolve("mesh.svg")).contains(">beta</text>"));
        assertTrue(text.text().contains("beta"), text::text);

        final Command trace = new Command("./mesh trace beta/visitor-1");
        trace.assertEnds(0);
        assertTrue(trace.text().lines().findFirst().orElse("").contains("shm cost"), trace::text);
        new Command("./mesh send --to beta/orders < file").assertEnds(0);
        recv.assertEnds(0);
        assertEquals(-1, Files.mismatch(scratch.resolve("file"), scratch.resolve("copy")));
        host.end();
    }

    @Test
    void shouldHostAsTheGuideSays() throws IOException, InterruptedException
    {
        new Command("./mesh host --name alpha --idle parked").awaitText("host alpha runs").end();
    }

    @Test
    void shouldWatchAsTheGuideSays() throws IOException, InterruptedException
    {
        try (MeshNode gateway = MeshNode.launch(NodeConfig.named("gateway").baseDirectory(base())
            .edge("shm:visit").edge("inproc:gb?peer=beta"));
            MeshNode beta = MeshNode.launch(NodeConfig.named("beta").baseDirectory(base())
                .edge("inproc:gb?peer=gateway")))
        {
            final Command ping = new Command("./mesh ping beta --name me --edge 'shm:visit?peer=gateway'");
            final Command stat = new Command("./mesh stat gateway");
            final Command errors = new Command("./mesh errors gateway --stack");
            final Command all = new Command("./mesh errors");
            final Command follow = new Command("./mesh events --follow").awaitText("edge-up");
            final Command events = new Command("./mesh events");
            final Command doctor = new Command("./mesh doctor");
            final Command completion = new Command("source <(./mesh completion bash)");
            ping.awaitText("seq=2").end();
            follow.end();
            for (final Command command : List.of(stat, errors, all, events, completion))
            {
                command.assertEnds(0);
            }
            assertTrue(stat.text().contains("node gateway"), stat::text);
            assertTrue(events.text().contains("edge-up"), events::text);
            doctor.awaitText("base directory"); // whether all is well is the machine's affair
            assertEquals(List.of(List.of(), List.of()), List.of(gateway.errors(), beta.errors()));
        }
    }
}
