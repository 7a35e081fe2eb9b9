package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.tools.Mesh;
import io.aeromesh.tools.process.UdpPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that keeps the places of others is killed, and started again without being told where to join.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RememberedPlacesTest
{
    private static final long DEADLINE_NS = 60_000_000_000L;

    @TempDir
    private Path parent;
    private final int[] ports = UdpPorts.free(2);
    private MeshNode first;

    @Test
    void shouldComeBackWithoutABootstrap()
    {
        final String place = "127.0.0.1:" + ports[0];
        first = launch();
        try (Child host = host("|join=" + place))
        {
            runUntil("joined", host, this::isJoined);
            runUntil("place on disk", host, () -> kept().contains(place));
            host.signal("KILL");
        }
        // its place is forgotten by who was joined, or that one would dial
        first.close();
        first = launch();

        try (Child host = host(""))
        {
            runUntil("joined again", host, this::isJoined);
            assertTrue(host.isAlive());
        }
        first.close();
    }

    private MeshNode launch()
    {
        return MeshNode.launch(NodeConfig.named("first").baseDirectory(parent.resolve("f")).invoked()
            .edge("aeron:udp?listen=127.0.0.1:" + ports[0] + "|term-length=65536"));
    }

    private Child host(final String join)
    {
        return Child.start(parent, Mesh.class, "host", "--name", "second", "--dir", parent.resolve("s").toString(),
            "--edge", "aeron:udp?listen=127.0.0.1:" + ports[1] + "|term-length=65536" + join, "--peers",
            parent.resolve("kept").toString(), "--active", "2");
    }

    private boolean isJoined()
    {
        return first.edges().stream().anyMatch(edge -> edge.state() == EdgeStatus.State.UP);
    }

    private String kept()
    {
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(parent.resolve("kept")))
        {
            listed.filter(file -> file.toString().endsWith(".peers")).forEach(files::add);
            return files.isEmpty() ? "" : Files.readString(files.get(0));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void runUntil(final String awaited, final Child host, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            first.doWork();
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain: " + first.errors() + host.errors());
            }
        }
    }
}
