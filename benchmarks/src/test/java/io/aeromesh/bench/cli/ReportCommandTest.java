package io.aeromesh.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.bench.cli.measure.Footprint;
import io.aeromesh.bench.cli.measure.Measured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * What becomes of the documents. In place of a JDK a script says at once what was measured.
 */
class ReportCommandTest
{
    private static final String TEXT = """
        <!-- bench hop -->
        old hop
        <!-- bench end -->
        <!-- bench footprint -->
        old footprint
        <!-- bench end -->
        """;

    @TempDir
    private Path directory;

    private final StringWriter said = new StringWriter();
    private Path document;

    @BeforeEach
    void writeDocument() throws IOException
    {
        document = Files.writeString(directory.resolve("a.md"), TEXT);
    }

    private int execute(final String... args)
    {
        final List<String> all = new ArrayList<>(Arrays.asList(args));
        all.add(document.toString());
        return new CommandLine(new ReportCommand()).setErr(new PrintWriter(said)).execute(all.toArray(String[]::new));
    }

    /** What each of its processes does is for a shell, to which the row is in {@code $job}. */
    private String jdk(final String script) throws IOException
    {
        Files.createDirectory(directory.resolve("bin"));
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        final Path java = Files.writeString(directory.resolve("bin/java"), "#!/bin/sh\nfor job; do :; done\n" + script);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return directory.toString();
    }

    private static String measured() throws IOException
    {
        final Measured measured = new Measured(20, 20, 20, 20, 20, 0, 50, 50, 0, 1, List.of(),
            new Footprint(4096, 1000, 64, 1, 2), "scripted");
        return "echo '" + Worker.MEASURED + new ObjectMapper().writeValueAsString(measured) + "'\n";
    }

    private String text() throws IOException
    {
        return Files.readString(document);
    }

    @Test
    void shouldPutATableInPlaceBeforeTheNextIsMeasured() throws IOException
    {
        final Path seen = directory.resolve("seen");
        final String jdk =
            jdk("case $job in *FOOTPRINT*) cp '" + document + "' '" + seen + "' ;; esac\n" + measured());

        assertEquals(CommandLine.ExitCode.OK, execute("--java", jdk, "--runs", "2", "--quick"), said::toString);

        final String meanwhile = Files.readString(seen);
        assertTrue(meanwhile.contains("| `hop` | 17 | 2 | 20.0 |") && meanwhile.contains("old footprint"), meanwhile);
        assertFalse(text().contains("old"), text());
        assertTrue(text().contains("    ./mesh bench report --java JDK --runs 2 --table hop --quick\n"), text());
    }

    @Test
    void shouldLeaveATableOfWhichNothingWasMeasured() throws IOException
    {
        final String jdk = jdk("case $job in *FOOTPRINT*) echo 'failed so' ; exit 1 ;; esac\n" + measured());

        assertEquals(CommandLine.ExitCode.SOFTWARE, execute("--java", jdk, "--runs", "1", "--quick"), said::toString);

        assertTrue(text().contains("old footprint") && !text().contains("old hop"), text());
        assertTrue(said.toString().contains("footprint: nothing was measured, so the old one stays"), said::toString);
    }

    /** Hours of other tables may follow the moment in which somebody edits the document. */
    @ParameterizedTest
    @ValueSource(strings = {"sed -i '/bench end/d'", "rm -f"})
    void shouldSayATableThatHasNoPlaceAtThatMomentAndGoOn(final String edit) throws IOException
    {
        final Path kept = Files.copy(document, directory.resolve("kept"));
        final String jdk = jdk("case $job in *FOOTPRINT*) cp '" + kept + "' '" + document + "' ;; *) " + edit + " '" +
            document + "' ;; esac\n" + measured());

        assertEquals(CommandLine.ExitCode.SOFTWARE, execute("--java", jdk, "--runs", "1", "--quick"), said::toString);

        assertTrue(said.toString().contains("hop: not in its place, ") && said.toString().contains("| `hop` | 17 |"),
            said::toString);
        assertTrue(text().contains("old hop") && !text().contains("old footprint"), text());
    }

    @Test
    void shouldNotCallAHeadlineDoneThatStaysAsItWas() throws IOException
    {
        Files.writeString(document, "<!-- bench headline -->\nold headline\n<!-- bench end -->\n");

        assertEquals(CommandLine.ExitCode.SOFTWARE, execute("--java", jdk(measured()), "--runs", "1", "--quick",
            "--table", "rtt-32", "--tech", "direct,aeron-ipc"), said::toString);

        assertTrue(said.toString().contains("headline: ") && said.toString().contains("the old one stays"),
            said::toString);
        assertTrue(text().contains("old headline"), text());
    }

    @Test
    void shouldMakeOneTableOfChosenTechs() throws IOException
    {
        assertEquals(CommandLine.ExitCode.OK, execute("--java", jdk(measured()), "--runs", "1", "--quick", "--table",
            "hop", "--tech", "hop,agrona-copy"), said::toString);

        assertTrue(text().contains("| `hop` |") && text().contains("| `agrona-copy` |"), text());
        assertFalse(text().contains("`copy`"), text());
        assertTrue(text().contains("old footprint") && text().contains(" --table hop --tech hop,agrona-copy "), text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--table rtt-32 | no table 'rtt-32', the documents have: hop, footprint",
        "--tech hop | --tech needs --table",
        "--table hop --tech direct | case hop has no tech 'direct', it has: hop, copy, agrona-copy",
        "--runs 0 | need --runs from 1 to 100, found 0"})
    void shouldSayWhatIsAllowed(final String args, final String message) throws IOException
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute(args.split(" ")));
        assertTrue(said.toString().contains(message), said::toString);
        assertEquals(TEXT, text());
    }
}
