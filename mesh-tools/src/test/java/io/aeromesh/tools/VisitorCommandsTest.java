package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.Topology;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The commands that join a mesh for one question.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class VisitorCommandsTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;
    private String directory;
    private MeshNode gateway;
    private MeshNode pricer;

    @BeforeEach
    void launch()
    {
        final Path base = temporary.resolve("base");
        directory = base.toString();
        gateway = MeshNode.launch(NodeConfig.named("gateway").baseDirectory(base)
            .edge("shm:link?peer=pricer").edge("shm:visit"));
        pricer = MeshNode.launch(NodeConfig.named("pricer").baseDirectory(base).edge("shm:link?peer=gateway"));
        while (!isUp("pricer")) // until the timeout: who comes before sees a mesh of one node, and may say so
        {
            Thread.yield();
        }
    }

    private boolean isUp(final String peer)
    {
        return gateway.edges().stream()
            .anyMatch(edge -> edge.state() == EdgeStatus.State.UP && edge.peer().equals(peer));
    }

    @AfterEach
    void close()
    {
        pricer.close();
        gateway.close();
    }

    @Test
    void shouldPingAndSumUp()
    {
        assertEquals(CommandLine.ExitCode.OK, execute("ping", "pricer", "-c", "3", "-i", "0.01"), err::toString);
        final List<String> lines = out.toString().lines().toList();
        for (int i = 0; i < 3; i++)
        {
            assertTrue(lines.get(i).matches("pricer: seq=" + (i + 1) + " hops=2 time=[0-9.]+ [um]?s"), out::toString);
        }
        assertEquals("--- pricer: 3 sent, 3 answered", lines.get(3));
        assertTrue(lines.get(4).startsWith("round trip min/mean/p99/max = "), out::toString);
    }

    @Test
    void shouldPingAsJson() throws IOException
    {
        assertEquals(CommandLine.ExitCode.OK, execute("ping", "pricer", "-c", "2", "-i", "0", "--json"), err::toString);
        final List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size(), out::toString);
        assertTrue(new ObjectMapper().readTree(lines.get(0)).get("round_trip_ns").longValue() > 0, out::toString);
        final JsonNode summary = new ObjectMapper().readTree(lines.get(2));
        assertEquals(2, summary.get("answered").intValue());
        assertTrue(summary.get("round_trip_ns").get("p99").longValue() > 0, out::toString);
    }

    @Test
    void shouldTraceEachHop()
    {
        assertEquals(CommandLine.ExitCode.OK, execute("trace", "pricer"), err::toString);
        final List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size(), out::toString);
        assertTrue(lines.get(0).matches(" 1  gateway +edge shm:visit[^ ]* +shm cost [0-9]+ +[0-9.]+ [um]?s"),
            out::toString);
        assertTrue(lines.get(1).matches(" 2  pricer +edge shm:link[^ ]* +shm cost [0-9]+ +[0-9.]+ [um]?s"),
            out::toString);
    }

    @Test
    void shouldTraceAsJson() throws IOException
    {
        assertEquals(CommandLine.ExitCode.OK, execute("trace", "pricer", "--json"), err::toString);
        final JsonNode trace = new ObjectMapper().readTree(out.toString());
        assertTrue(trace.get("complete").booleanValue(), out::toString);
        assertEquals("shm", trace.get("hops").get(1).get("kind").textValue());
    }

    /** A host does not tell contexts of its edges, nor do they. */
    @ParameterizedTest
    @ValueSource(strings = {"host", "host/pricer"})
    void shouldTraceByEdgesToTheHost(final String destination) throws IOException
    {
        final Path base = temporary.resolve("hosted");
        try (MeshNode host = MeshNode.launch(NodeConfig.named("host").baseDirectory(base).hosting());
            MeshNode context = MeshNode.attach(NodeConfig.named("pricer").baseDirectory(base)))
        {
            assertEquals(host.name() + "/pricer", context.name());
            assertEquals(CommandLine.ExitCode.OK, execute(List.of("trace", destination, "--dir", base.toString())),
                err::toString);
            assertTrue(!out.toString().contains("?"), out::toString);
            assertTrue(out.toString().lines().allMatch(line -> line.contains(" shm ")), out::toString);

            out.getBuffer().setLength(0);
            execute(List.of("trace", destination, "--json", "--dir", base.toString()));
            new ObjectMapper().readTree(out.toString()).get("hops")
                .forEach(hop -> assertEquals("shm", hop.path("kind").textValue(), out::toString));
        }
    }

    @ParameterizedTest
    @CsvSource({"ping, nobody", "trace, nobody", "send --to, nobody/channel"})
    void shouldSayWhoIsThereWhereThereIsNoWay(final String command, final String destination)
    {
        final List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.addAll(List.of(destination, "--timeout", "1"));

        assertEquals(CommandLine.ExitCode.SOFTWARE, execute(args.toArray(new String[0])));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("no way to 'nobody' in 1 s: known nodes: 'gateway', 'pricer'"),
            err::toString);
        assertTrue(err.toString().contains("See that 'nobody' runs"), err::toString);
        assertTrue(err.toString().contains("--timeout"), err::toString);
    }

    /** Which of its edges somebody is behind is what the user does not know. */
    @Test
    void shouldSayWhyAnotherOfItsEdgesIsNotUp()
    {
        assertEquals(CommandLine.ExitCode.SOFTWARE,
            execute("ping", "nobody", "--timeout", "1", "--edge", "shm:link?peer=gateway"));
        assertTrue(err.toString().contains("known nodes: 'gateway'"), err::toString);
        assertTrue(err.toString().contains("edge shm:link?peer=gateway is CONNECTING"), err::toString);
        assertTrue(err.toString().contains("LINK_TAKEN"), err::toString);
    }

    @Test
    void shouldSayWhatStateItsEdgeIsInAlsoWhenThereWasAnError()
    {
        try (Visitor visitor = Visitor.asking(options("--edge", "shm:x")))
        {
            while (visitor.node().edges().isEmpty()) // until the timeout
            {
                visitor.node().doWork();
            }
            visitor.onError(new MeshException(ErrorCode.PLACE_FULL, "planted"));
            assertTrue(visitor.noWay().toAnybody().contains("edge shm:x is CONNECTING"), visitor.noWay()::toAnybody);
            assertTrue(visitor.noWay().toAnybody().contains("planted"), visitor.noWay()::toAnybody);

            visitor.onEdgeUp("shm:x", "x");
            assertFalse(visitor.noWay().toAnybody().contains("planted"), visitor.noWay()::toAnybody);
        }
    }

    @Test
    void shouldNotCallAHostStoppedToWhichItIsJoined()
    {
        try (MeshNode host = MeshNode.launch(NodeConfig.named("host").baseDirectory(Path.of(directory)).hosting());
            Visitor visitor = Visitor.asking(options()))
        {
            while (!visitor.awaitRoute(host.name(), Duration.ofSeconds(1), () -> false)) // until the timeout
            {
                Thread.yield();
            }
            assertFalse(visitor.noWay().toAnybody().contains("kill"), visitor.noWay()::toAnybody);
            assertFalse(visitor.noWay().toAnybody().contains("stopped"), visitor.noWay()::toAnybody);
            assertTrue(visitor.noWay().toAnybody().contains(" is UP. "), visitor.noWay()::toAnybody);
        }
    }

    /**
     * A host that is not invoked stands for one that is slow: its process goes on. Not send, which would read the input
     * of this process: by that it is told what to do next.
     */
    @ParameterizedTest
    @ValueSource(strings = {"ping nobody", "trace nobody", "topology", "recv x"})
    void shouldNotCallAHostStoppedThatHadTooLittleTime(final String command)
    {
        final Path base = temporary.resolve("hosted");
        try (MeshNode host = MeshNode.launch(NodeConfig.named("slow").baseDirectory(base).invoked().hosting()))
        {
            final List<String> args = new ArrayList<>(List.of(command.split(" ")));
            args.addAll(List.of("--timeout", "0.1", "--dir", base.toString()));
            assertEquals(CommandLine.ExitCode.SOFTWARE, execute(args));
            assertEquals(1, err.toString().lines().count(), err::toString);
            assertTrue(err.toString().contains("host '" + host.name() + "' (process " + ProcessHandle.current().pid() +
                ") has not answered in this time: wait longer with --timeout"), err::toString);
            assertFalse(err.toString().contains("stopped") || err.toString().contains("kill"), err::toString);
        }
    }

    /** As of send and recv. */
    @ParameterizedTest
    @ValueSource(strings = {"ping pricer -c 1", "trace pricer", "topology --interval 0"})
    void shouldWaitForEverWithATimeoutOfZero(final String command)
    {
        final List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.addAll(List.of("--timeout", "0"));
        assertEquals(CommandLine.ExitCode.OK, execute(args.toArray(String[]::new)), err::toString);
    }

    private VisitorOptions options(final String... args)
    {
        final List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--name", "me", "--dir", directory));
        return CommandLine.populateCommand(new VisitorOptions(), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"'', name is empty", "a/b/c, need NODE or NODE/CONTEXT"})
    void shouldRefuseANameThatNoNodeCanHave(final String name, final String expected)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute("ping", name));
        assertTrue(err.toString().contains(expected), err::toString);
    }

    @ParameterizedTest
    @CsvSource({"ping, 0", "ping, -1", "ping, x", "trace, 0", "trace, 99999999999"})
    void shouldRefuseACountThatIsNone(final String command, final String count)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute(command, "pricer", "-c", count));
        assertTrue(err.toString().contains("'" + count + "' is no number from 1 to"), err::toString);
    }

    @Test
    void shouldSayHowToOpenTheChannelThatNobodyHasOpened()
    {
        assertEquals(CommandLine.ExitCode.SOFTWARE, execute("recv", "orders", "--timeout", "1", "--progress"));
        assertTrue(err.toString().contains("waits for who opens channel 'orders' to 'me'"), err::toString);
        assertTrue(err.toString().contains("run mesh send --to me/orders there"), err::toString);
    }

    /** Whose name may be mistyped. */
    @Test
    void shouldSayOnceThatNobodyKnowsWhomItWaitsFor()
    {
        assertEquals(CommandLine.ExitCode.SOFTWARE, execute("recv", "orders", "--from", "nosuch", "--timeout", "1.5"));
        final String expected =
            "waits for 'nosuch', of which nobody knows yet: known nodes: 'gateway', 'pricer'";
        assertEquals(1, err.toString().lines().filter(line -> line.contains(expected)).count(), err::toString);
        assertEquals(2, err.toString().lines().count(), err::toString);
    }

    /** As by a script whose variable is not set: else anybody would be let in. */
    @Test
    void shouldRefuseToTakeFromAnEmptyName()
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute("recv", "orders", "--from", "", "--timeout", "60"));
        assertTrue(err.toString().contains("name is empty"), err::toString);
    }

    @Test
    void shouldNotSaySoOfOneThatIsKnown()
    {
        assertEquals(CommandLine.ExitCode.SOFTWARE, execute("recv", "orders", "--from", "pricer", "--timeout", "1.5"));
        assertTrue(!err.toString().contains("nobody knows"), err::toString);
    }

    @Test
    void shouldWritePictureToAFile() throws IOException
    {
        final Path file = temporary.resolve("mesh.svg");
        assertEquals(CommandLine.ExitCode.OK,
            execute("topology", "--format", "svg", "--out", file.toString(), "--interval", "0.1"), err::toString);
        assertEquals("", out.toString());
        assertTrue(Files.readString(file).contains(">pricer</text>"), out::toString);
    }

    @Test
    void shouldNameTheFileThatTakesNoMore()
    {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));

        assertEquals(CommandLine.ExitCode.SOFTWARE,
            execute("topology", "--out", full.toString(), "--interval", "0"), err::toString);
        assertTrue(err.toString().contains("can not write --out file '/dev/full': "), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void shouldRefuseAFileThatCanNotBeWritten()
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute("topology", "--out", temporary.toString()), err::toString);
        assertEquals(1, err.toString().lines().filter(line -> line.contains("can not write --out")).count());
    }

    @ParameterizedTest
    @CsvSource({"text, -- pricer", "dot, graph mesh", "JSON, \"nodes\"", "svg, <svg", "text, B/s", "svg, B/s",
        "dot, B/s"})
    void shouldPrintTopology(final String format, final String expected)
    {
        assertEquals(CommandLine.ExitCode.OK, execute("topology", "--format", format, "--interval", "0.05"),
            err::toString);
        assertTrue(out.toString().contains(expected), out::toString);
        assertTrue(out.toString().contains("gateway"), out::toString);
    }

    @Test
    void shouldSayThatANodeHasNoEdges()
    {
        final Path base = temporary.resolve("hosted");
        try (MeshNode host = MeshNode.launch(NodeConfig.named("alone").baseDirectory(base).hosting()))
        {
            assertEquals(CommandLine.ExitCode.OK,
                execute(List.of("topology", "--interval", "0", "--dir", base.toString())), err::toString);
            assertEquals(host.name() + "  (no edges)\n", out.toString());
        }
    }

    /** A neighbour that somebody tells of before a route has told of it. */
    @Test
    void shouldNotTakeAPictureForWholeThatLacksANeighbour()
    {
        final Topology.Link toGateway = new Topology.Link("me", "gateway", "shm:visit", "shm", 1, -1);
        final Topology.Link toPricer = new Topology.Link("gateway", "pricer", "shm:link", "shm", 1, -1);
        final List<Topology.Link> links = List.of(toGateway, toPricer);
        assertFalse(Visitor.isWhole(new Topology(List.of("gateway", "me"), links, List.of())));
        assertFalse(Visitor.isWhole(new Topology(List.of("gateway", "me", "pricer"), links, List.of("risk"))));
        assertTrue(Visitor.isWhole(new Topology(List.of("gateway", "me", "pricer"), links, List.of())));
    }

    /** Of all edges both ends are here, this command's own too. */
    @Test
    void shouldTellRatesAsJsonAndWhatIsNotKnown() throws IOException
    {
        assertEquals(CommandLine.ExitCode.OK, execute("topology", "--format", "json", "--interval", "0.2"),
            err::toString);
        for (final JsonNode link : new ObjectMapper().readTree(out.toString()).get("links"))
        {
            assertTrue(link.get("packets_in_per_s").isNumber(), out::toString);
            assertTrue(link.get("bytes_in_per_s").isNumber(), out::toString);
        }
    }

    @Test
    void shouldTellNoRatesWhereNotAsked()
    {
        assertEquals(CommandLine.ExitCode.OK, execute("topology", "--interval", "0"), err::toString);
        assertTrue(!out.toString().contains("/s"), out::toString);
    }

    private int execute(final String... args)
    {
        final List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--name", "me", "--dir", directory, "--edge", "shm:visit?peer=gateway"));
        return execute(all);
    }

    private int execute(final List<String> args)
    {
        return Mesh.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
            .execute(args.toArray(String[]::new));
    }
}
