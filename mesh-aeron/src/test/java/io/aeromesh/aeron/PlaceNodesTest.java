package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.PeersConfig;
import io.aeromesh.os.MeshOs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real nodes in one thread, over real sockets, by two media drivers that they share: each names one address at most.
 * More of them, as {@code PlaceMeshTest} has in simulation, are more than a driver has counters for.
 */
@Tag("slow")
@Timeout(300)
class PlaceNodesTest
{
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int DRIVERS = 2;
    private static final int NODES = 16;
    /** What is promised; measured is about a tenth of it. */
    private static final long BACK_MS_MAX = 2_000;
    private static final long FOUND_MS_MAX = 2_000;

    @TempDir
    private Path temp;

    private final Map<String, MeshNode> nodes = new LinkedHashMap<>();
    private final List<DriverLauncher> drivers = new ArrayList<>();
    private int started;

    @BeforeEach
    void startDrivers()
    {
        for (int i = 0; i < DRIVERS; i++)
        {
            drivers.add(DriverLauncher.threaded(MeshOs.system(), temp.resolve("drivers").resolve("driver" + i)));
        }
    }

    @AfterEach
    void closeAll()
    {
        nodes.values().forEach(MeshNode::close);
        drivers.forEach(DriverLauncher::close);
    }

    private String start(final String name, final String join, final UnaryOperator<NodeConfig> change)
    {
        final String listen = "127.0.0.1:" + AeronUdpContractTest.freePort();
        start(name, change, "listen=" + listen + (join.isEmpty() ? "" : "|join=" + join));
        return listen;
    }

    private void start(final String name, final UnaryOperator<NodeConfig> change, final String place)
    {
        nodes.put(name, MeshNode.launch(change.apply(NodeConfig.named(name).invoked().sharing()
            .baseDirectory(temp.resolve("base"))
            .edge("aeron:udp?term-length=65536|dir=" + drivers.get(started++ % DRIVERS).dir() + "|" + place))));
    }

    private long await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            nodes.values().forEach(MeshNode::doWork);
            if (System.nanoTime() - startNs > DEADLINE_NS)
            {
                fail("no " + what + ": " + messages());
            }
            Thread.yield();
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    private String messages()
    {
        return nodes.values().stream().map(node -> "\n" + node.name() + up(node) + node.errors().stream()
            .map(error -> error.lines().findFirst().orElse("")).toList()).toList().toString();
    }

    private static List<String> up(final MeshNode node)
    {
        return node.edges().stream().filter(edge -> edge.state() == EdgeStatus.State.UP).map(EdgeStatus::peer).toList();
    }

    private boolean reachesAll(final MeshNode from)
    {
        return nodes.keySet().stream().filter(name -> !name.equals(from.name())).allMatch(name -> from.routes().stream()
            .anyMatch(route -> route.destination().equals(name) && !route.nextHop().isEmpty()));
    }

    private boolean allReachAll()
    {
        return nodes.values().stream().allMatch(this::reachesAll);
    }

    @Test
    void shouldJoinAMeshByOneAddress()
    {
        final String boot = start("n0", "", config -> config);
        for (int i = 1; i < NODES; i++)
        {
            start("n" + i, boot, config -> config);
            final MeshNode newest = nodes.get("n" + i);
            await("edge of " + newest.name(), () -> !up(newest).isEmpty());
        }
        await("routes among all", this::allReachAll);

        start("late", config -> config, "join=" + boot);
        await("routes of the late one", () -> reachesAll(nodes.get("late")));
        await("enough edges", () -> nodes.values().stream().allMatch(node -> up(node).size() >= 4));
    }

    @Test
    void shouldBeBackFromDiskWhenEveryBootstrapIsDead() throws IOException
    {
        final UnaryOperator<NodeConfig> keeping =
            config -> config.peers(PeersConfig.DEFAULT.kept(temp.resolve("kept")));
        final String boot = start("boot", "", config -> config);
        for (int i = 0; i < 5; i++)
        {
            start("n" + i, boot, config -> config);
        }
        start("x", boot, keeping);
        await("routes among all", this::allReachAll);
        await("file", () -> names(temp.resolve("kept")).size() == 1);
        nodes.remove("boot").close();
        await("routes without bootstrap", this::allReachAll);

        long worstMs = 0;
        for (int round = 0; round < 20; round++)
        {
            nodes.remove("x").close();
            final MeshNode other = nodes.get("n0");
            await("end of x", () -> other.routes().stream()
                .noneMatch(route -> route.destination().equals("x") && !route.nextHop().isEmpty()));
            start("x", boot, keeping);
            final long backMs = await("routes of x in round " + round, () -> reachesAll(nodes.get("x")));
            worstMs = Math.max(worstMs, backMs);
        }
        assertTrue(worstMs <= BACK_MS_MAX, "back after " + worstMs + " ms at worst");

        nodes.remove("x").close();
        final Path file = temp.resolve("kept").resolve(names(temp.resolve("kept")).get(0));
        Files.writeString(file, Files.readString(file).replace('1', '2'));
        start("x", "127.0.0.1:1", keeping);
        await("error", () -> nodes.get("x").errors().stream().anyMatch(error -> error.contains("MEMORY_DAMAGED")));
        assertTrue(names(temp.resolve("kept")).get(0).contains(".damaged-"), names(temp.resolve("kept")).toString());
        assertTrue(nodes.get("x").isRunning());
        assertEquals(List.of(), up(nodes.get("x")));
    }

    @Test
    void shouldFindEachOtherWithoutABootstrapWhereTheyAreToldToAndSayNothingElse() throws IOException
    {
        final String group = "224.20.30.43:" + AeronUdpContractTest.freePort();
        try (DatagramChannel listener = LanDiscoveryTest.listener(group))
        {
            start("alone", "", config -> config);
            start("other", "", config -> config);
            final long startNs = System.nanoTime();
            await("time", () -> System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(2));
            assertEquals(0, LanDiscoveryTest.receive(listener), "off is not one packet");
            assertEquals(List.of(), up(nodes.get("alone")));
            nodes.values().forEach(MeshNode::close);
            nodes.clear();

            for (int i = 0; i < 5; i++)
            {
                start("n" + i, config -> config,
                    "listen=127.0.0.1:" + AeronUdpContractTest.freePort() + "|discover=" + group);
            }
            final long foundMs = await("routes among all", this::allReachAll);
            assertTrue(LanDiscoveryTest.receive(listener) >= 5);
            assertTrue(foundMs <= FOUND_MS_MAX, "found after " + foundMs + " ms");
        }
    }

    private static List<String> names(final Path directory)
    {
        try (Stream<Path> all = Files.list(directory))
        {
            return all.map(path -> path.getFileName().toString()).filter(name -> !name.endsWith(".tmp")).sorted()
                .toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
