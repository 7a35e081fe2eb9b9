package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The commands that watch nodes from outside: what they print, and how they end.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchCommandsTest
{
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temporary;
    private Path base;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private MeshNode gateway;
    private MeshNode pricer;

    /** A service that fails. */
    private static final class Failing implements Agent
    {
        @Override
        public int doWork()
        {
            throw new IllegalStateException("planted in a service");
        }

        @Override
        public String roleName()
        {
            return "failing";
        }
    }

    @BeforeEach
    void launch()
    {
        base = temporary.resolve("base");
        gateway = MeshNode.launch(NodeConfig.named("gateway").baseDirectory(base).invoked()
            .edge("inproc:link?peer=pricer").service(new Failing()));
        pricer = MeshNode.launch(
            NodeConfig.named("pricer").baseDirectory(base).invoked().edge("inproc:link?peer=gateway"));
        for (int i = 0; i < 200 && (gateway.routes().isEmpty() || pricer.routes().isEmpty()); i++)
        {
            gateway.doWork();
            pricer.doWork();
        }
    }

    @AfterEach
    void close()
    {
        gateway.close();
        pricer.close();
    }

    @Test
    void shouldPrintCountersAndTimes()
    {
        assertEquals(0, execute("stat"), err::toString);

        assertTrue(text().contains("node gateway, mesh default, process " + ProcessHandle.current().pid()), this::text);
        assertTrue(text().lines().anyMatch(line -> line.matches(" *edge-packets-in +\\d+")), this::text);
        assertTrue(text().lines().anyMatch(line -> line.matches(" *duty-cycle +\\d+ .*")), this::text);
        assertTrue(text().contains("1 distinct error(s)"), this::text);
    }

    @Test
    void shouldPrintOneNodeAndZerosWhenAsked()
    {
        assertEquals(0, execute("stat", "pricer", "--all"), err::toString);

        assertTrue(text().lines().noneMatch(line -> line.startsWith("node gateway")), this::text);
        assertTrue(text().lines().anyMatch(line -> line.matches(" *leases-held +0")), this::text);
    }

    @Test
    void shouldPrintJsonForEachLook() throws IOException
    {
        assertEquals(0, execute("stat", "gateway", "--json", "--watch", "--count", "2"), err::toString);

        assertEquals(2, text().lines().count());
        final JsonNode node = JSON.readTree(text().lines().findFirst().orElseThrow()).get("nodes").get(0);
        assertEquals("gateway", node.get("node").asText());
        assertEquals("alive", node.get("state").asText());
        assertTrue(node.get("counters").size() > 20);
        assertEquals("inproc:link?peer=pricer", node.get("counters").findParents("scope").stream()
            .filter(counter -> counter.get("scope").asText().equals("edge")).findFirst().orElseThrow()
            .get("of").asText());
        assertTrue(node.get("times").get("duty-cycle").get("count").asLong() > 0);
    }

    @Test
    void shouldPrintErrorsWithTheirCount() throws IOException
    {
        assertEquals(0, execute("errors"), err::toString);
        assertTrue(text().contains("planted in a service"), this::text);
        assertTrue(text().contains("node pricer") && text().contains("no errors"), this::text);
        assertTrue(!text().contains("\tat "), this::text);

        assertEquals(0, execute("errors", "gateway", "--stack"), err::toString);
        assertTrue(text().contains("Failing.doWork"), this::text);

        assertEquals(0, execute("errors", "gateway", "--json"), err::toString);
        final JsonNode told = JSON.readTree(text());
        assertEquals("gateway", told.get("node").asText());
        assertEquals(1, told.get("errors").size());
        final JsonNode error = told.get("errors").get(0);
        assertTrue(error.get("count").asInt() > 1);
        assertTrue(error.get("lastMs").asLong() >= error.get("firstMs").asLong());
    }

    /** A program that reads it is to tell no errors from no answer. */
    @Test
    void shouldPrintAnEmptyArrayWhereThereAreNoErrors() throws IOException
    {
        assertEquals(0, execute("errors", "pricer", "--json"), err::toString);

        final JsonNode told = JSON.readTree(text());
        assertEquals("pricer", told.get("node").asText());
        assertTrue(told.get("errors").isArray() && told.get("errors").isEmpty(), this::text);
    }

    @Test
    void shouldPrintEventsOldestFirst() throws IOException
    {
        assertEquals(0, execute("events", "gateway", "--json"), err::toString);

        final List<String> kinds = text().lines().map(line -> event(line).get("event").asText())
            .filter(kind -> !kind.equals("slow-cycle")).toList();
        assertEquals(List.of("node-started", "edge-up", "route"), kinds);

        assertEquals(0, execute("events"), err::toString);
        assertTrue(text().contains("edge-up  inproc:link?peer=pricer  pricer"), this::text);
    }

    private static JsonNode event(final String line)
    {
        try
        {
            return JSON.readTree(line);
        }
        catch (final IOException ex)
        {
            throw new AssertionError(line, ex);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat", "errors", "events", "top"})
    void shouldSayThatThereIsNoSuchNode(final String command)
    {
        assertEquals(1, execute(command, "nobody"));
        assertTrue(err.toString().contains("no node 'nobody' in '" + base + "', there are: 'gateway', 'pricer'"),
            err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    /** It may come later, so it goes on, here until it finds its port taken. */
    @Test
    void shouldSayThatThereIsNoSuchNodeYetToBeServed() throws IOException
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            assertEquals(1, execute("metrics", "nobody", "--port", Integer.toString(taken.getLocalPort())));
        }
        final List<String> said = err.toString().lines().toList();
        assertTrue(said.get(0).contains("no node 'nobody' in '" + base + "', there are: 'gateway', 'pricer'"),
            err::toString);
        assertTrue(said.get(1).contains("ADDRESS_UNUSABLE"), err::toString);
    }

    @Test
    void shouldRefuseACountOfLooksWhereThereIsOne()
    {
        assertEquals(2, execute("stat", "--count", "2"));
        assertTrue(err.toString().contains("add --watch"), err::toString);
        assertEquals("", text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat", "errors", "events", "top"})
    void shouldSayThatTheDirectoryIsNotThere(final String command)
    {
        base = temporary.resolve("mistyped");
        assertEquals(1, execute(command));
        assertTrue(err.toString().contains("1020 DIRECTORY_UNUSABLE: --dir '" + base + "' does not exist"),
            err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    /** Then they may have written what is shown. */
    @ParameterizedTest
    @ValueSource(strings = {"stat", "errors", "events"})
    void shouldSayThatTheDirectoryIsOpenToOthersAndShowWhatIsThere(final String command) throws IOException
    {
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxrwx---"));

        assertEquals(1, execute(command));
        assertTrue(err.toString().contains("--dir '" + base + "' has mode rwxrwx---, need rwx------"), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(text().contains("gateway"), this::text);
    }

    /** The end of its message is what to do, and of a directory that is missing no mode has to be mended. */
    @Test
    void shouldNotSpeakOfTheModeOfADirectoryThatIsMissing()
    {
        base = temporary.resolve("mistyped");
        assertEquals(1, execute("stat"));
        assertTrue(!err.toString().contains("mode"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat", "errors", "events", "top"})
    void shouldSayWhichFileIsDamagedAndShowTheOthers(final String command) throws IOException
    {
        final Path damaged;
        try (Stream<Path> files = Files.list(base.resolve("status")))
        {
            damaged = files.findFirst().orElseThrow().resolveSibling("0123456789abcdef.crashed");
        }
        Files.writeString(damaged, "something else");

        assertEquals(1, execute(command));
        assertTrue(err.toString().contains("STATUS_UNREADABLE") && err.toString().contains(damaged.toString()),
            err::toString);
        assertTrue(command.equals("top") || text().contains("gateway"), this::text);
    }

    @Test
    void shouldSayThatThereIsNoTerminal()
    {
        assertEquals(1, execute("top"));
        assertTrue(err.toString().contains("needs a terminal"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat", "errors", "events", "top", "metrics"})
    void shouldExplainItselfWithAnExample(final String command)
    {
        assertEquals(0, Mesh.commandLine().setOut(new PrintWriter(out)).execute(command, "--help"));
        assertTrue(text().contains("Example:") && text().contains("mesh " + command), this::text);
        assertTrue(text().contains("Exit codes:"), this::text);
    }

    @Test
    void shouldRefuseValuesThatCanNotBe()
    {
        assertEquals(2, execute("stat", "--count", "0"));
        assertEquals(2, execute("top", "--interval", "0"));
        assertEquals(2, execute("metrics", "--port", "70000"));
    }

    private String text()
    {
        return out.toString();
    }

    private int execute(final String... args)
    {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final String[] all = Stream.concat(Stream.of(args), Stream.of("--dir", base.toString())).toArray(String[]::new);
        final CommandLine line =
            Mesh.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(all);
    }
}
