package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The commands that join a mesh for one question.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
    }

    @AfterEach
    void close()
    {
        pricer.close();
        gateway.close();
    }

    @Test
    void shouldPingEachHop()
    {
        assertEquals(CommandLine.ExitCode.OK, execute("ping", "pricer", "--count", "2"), err::toString);
        assertEquals(2, out.toString().lines().filter(line -> line.matches(".*gateway.* us.*pricer.* us")).count(),
            out::toString);
    }

    @ParameterizedTest
    @CsvSource({"text, -- pricer", "dot, graph mesh", "JSON, \"nodes\""})
    void shouldPrintTopology(final String format, final String expected)
    {
        assertEquals(CommandLine.ExitCode.OK, execute("topology", "--format", format), err::toString);
        assertTrue(out.toString().contains(expected), out::toString);
        assertTrue(out.toString().contains("gateway"), out::toString);
    }

    private int execute(final String... args)
    {
        final String[] all = new String[args.length + 6];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(new String[] {"--name", "me", "--dir", directory, "--edge", "shm:visit?peer=gateway"}, 0,
            all, args.length, 6);
        return Mesh.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    }
}
