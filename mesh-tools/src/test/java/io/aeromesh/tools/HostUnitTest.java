package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.NodeConfig;
import io.aeromesh.examples.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/**
 * The unit of the host says what systemd, Java and the command line understand.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostUnitTest
{
    private static final String UNIT = "deploy/mesh-host@.service";
    private static final String UNIT_JAVA = "/usr/bin/java";
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Map<String, String> SPECIFIERS =
        Map.of("%H", "machine-1.example", "%t", "/run", "%S", "/var/lib", "%i", "1");

    @TempDir
    private Path temporary;

    /** The words of the command, as systemd hands them on. */
    private static List<String> command()
    {
        final String line = Documents.text(UNIT).replace("\\\n", " ").lines()
            .filter(any -> any.startsWith("ExecStart=")).findFirst().orElseThrow().substring("ExecStart=".length());
        return Documents.words(line).stream().map(word ->
        {
            String expanded = word;
            for (final Map.Entry<String, String> specifier : SPECIFIERS.entrySet())
            {
                expanded = expanded.replace(specifier.getKey(), specifier.getValue());
            }
            return expanded;
        }).toList();
    }

    private static String run(final List<String> command) throws IOException, InterruptedException
    {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @Test
    void shouldSayWhatTheHostUnderstands()
    {
        final List<String> words = command();
        final List<String> args = words.subList(words.indexOf("-jar") + 2, words.size());

        final ParseResult host = Mesh.commandLine().parseArgs(args.toArray(new String[0])).subcommand();

        assertEquals("host", host.commandSpec().name());
        final List<String> edges = host.matchedOption("--edge").getValue();
        assertEquals(1, NodeConfig.named(host.matchedOption("--name").getValue()).edge(edges.get(0)).edges().size());
        assertTrue(host.hasMatchedOption("--standby"));
    }

    @Test
    void shouldSayWhatThisJavaUnderstands() throws IOException, InterruptedException
    {
        final List<String> words = command();
        assertEquals(UNIT_JAVA, words.get(0));
        final List<String> flags = words.subList(1, words.indexOf("-jar"));

        run(Stream.of(List.of(JAVA.toString()), flags, List.of("-version")).flatMap(List::stream).toList());
    }

    @Test
    void shouldBeUnderstoodBySystemd() throws IOException, InterruptedException
    {
        final String said = verify(Documents.text(UNIT));

        assertEquals("", said);
    }

    /** Else the test above would hold whatever the unit says. */
    @ParameterizedTest
    @ValueSource(strings = {"Restart=on-failure", "RuntimeDirectoryPreserve=yes", "Type=exec"})
    void shouldNotBeUnderstoodWithAnErrorInIt(final String setting) throws IOException, InterruptedException
    {
        assertTrue(!verify(Documents.text(UNIT).replace(setting, setting + "x")).isEmpty());
    }

    /**
     * What systemd says of the unit on a machine that has Java where this one has it.
     */
    private String verify(final String unit) throws IOException, InterruptedException
    {
        final boolean isThere = Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
        assumeTrue(isThere, "no systemd-analyze");
        final Path file = temporary.resolve("mesh-host@.service");
        Files.writeString(file, unit.replace(UNIT_JAVA, JAVA.toString()));
        final String said = run(List.of("systemd-analyze", "verify", "--man=no", file.toString()));
        return String.join("\n", said.lines().filter(line -> line.contains("mesh-host")).toList());
    }
}
