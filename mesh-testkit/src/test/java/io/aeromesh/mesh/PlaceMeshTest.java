package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.PeersConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.PeersDecoder;
import io.aeromesh.protocol.codec.PeersEncoder;
import io.aeromesh.sim.PacketWatch;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Nodes that find each other from one address, and back from what they remember.
 */
class PlaceMeshTest
{
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Path ANYWHERE = Path.of("kept");
    private static final int TEMPLATE_ID_OFFSET = PacketHeader.LENGTH + 2;

    private final List<String> names = new ArrayList<>();

    private static long until(final TestMesh mesh, final String awaited, final long boundMs, final BooleanSupplier done)
    {
        final long startNs = mesh.sim().clock().nanoTime();
        while (!done.getAsBoolean())
        {
            final long passedMs = (mesh.sim().clock().nanoTime() - startNs) / STEP_NS;
            assertTrue(passedMs <= boundMs, () -> "no " + awaited + " within " + boundMs + " ms of the simulation: " +
                mesh.sim().names().stream().map(name -> name + up(mesh, name)).toList());
            mesh.sim().step(STEP_NS);
        }
        return (mesh.sim().clock().nanoTime() - startNs) / STEP_NS;
    }

    private static void run(final TestMesh mesh, final int ms)
    {
        for (int i = 0; i < ms; i++)
        {
            mesh.sim().step(STEP_NS);
        }
    }

    private void start(final TestMesh mesh, final String name, final String join)
    {
        start(mesh, name, join, config -> config);
    }

    private void start(
        final TestMesh mesh, final String name, final String join, final UnaryOperator<NodeConfig> change)
    {
        names.add(name);
        mesh.node(name, change, "inproc:?listen=" + name + (join.isEmpty() ? "" : "|join=" + join));
    }

    private static List<String> up(final TestMesh mesh, final String name)
    {
        return mesh.sim().node(name).edges().stream().filter(edge -> edge.state() == EdgeStatus.State.UP)
            .map(EdgeStatus::peer).toList();
    }

    private boolean reachesAll(final TestMesh mesh, final String from)
    {
        final long reached = mesh.sim().node(from).routes().stream().filter(route -> !route.nextHop().isEmpty())
            .map(route -> route.destination()).distinct().filter(names::contains).count();
        return reached == names.size() - (names.contains(from) ? 1 : 0);
    }

    private boolean allReachAll(final TestMesh mesh)
    {
        return names.stream().allMatch(name -> reachesAll(mesh, name));
    }

    @Test
    void shouldJoinAMeshOfFiftyByOneAddressAndLeaveTheBootstrapInPeace()
    {
        try (TestMesh mesh = new TestMesh(1))
        {
            start(mesh, "n0", "");
            for (int i = 1; i < 50; i++)
            {
                start(mesh, "n" + i, "n0");
                run(mesh, 5);
            }
            until(mesh, "routes", 1_000, () -> allReachAll(mesh));
            until(mesh, "peace", 30_000, () -> up(mesh, "n0").size() <= 2 * PeersConfig.DEFAULT.active());
            until(mesh, "routes again", 1_000, () -> allReachAll(mesh));
            for (final String name : names)
            {
                final int edges = up(mesh, name).size();
                assertTrue(edges >= PeersConfig.DEFAULT.active() && edges <= 16, name + up(mesh, name));
                assertEquals(edges, up(mesh, name).stream().distinct().count(), "one edge for each pair");
            }

            start(mesh, "late", "n7");
            until(mesh, "routes of the late one", 1_000, () -> reachesAll(mesh, "late"));
        }
    }

    @Test
    void shouldBeBackFromMemoryWhenEveryBootstrapIsDead()
    {
        final KeepingOs.Content content = new KeepingOs.Content();
        final UnaryOperator<NodeConfig> keeping =
            config -> config.os(new KeepingOs(config.os(), content)).peers(PeersConfig.DEFAULT.kept(ANYWHERE));
        try (TestMesh mesh = new TestMesh(2))
        {
            start(mesh, "boot", "");
            for (int i = 0; i < 8; i++)
            {
                start(mesh, "n" + i, "boot");
            }
            start(mesh, "x", "boot", keeping);
            until(mesh, "routes", 1_000, () -> allReachAll(mesh));
            run(mesh, 2_000);
            mesh.kill("boot");
            names.remove("boot");

            for (int round = 0; round < 20; round++)
            {
                mesh.kill("x");
                if (round == 10)
                {
                    mesh.kill("n7"); // which x remembers
                    names.remove("n7");
                }
                run(mesh, 300);
                names.remove("x");
                start(mesh, "x", "boot", keeping);
                until(mesh, "routes in round " + round, 2_000, () -> reachesAll(mesh, "x"));
                run(mesh, 1_500);
            }
            assertTrue(content.writes > 1 && content.writes < 200, "writes=" + content.writes);
        }
    }

    @Test
    void shouldStartWithoutAMemoryThatIsDamaged()
    {
        final KeepingOs.Content content = new KeepingOs.Content();
        content.bytes = new byte[] {1, 2, 3};
        final List<MeshException> errors = new ArrayList<>();
        try (TestMesh mesh = new TestMesh(3))
        {
            start(mesh, "boot", "");
            start(mesh, "x", "boot", config -> config.os(new KeepingOs(config.os(), content))
                .peers(PeersConfig.DEFAULT.kept(ANYWHERE))
                .listener(new io.aeromesh.NodeListener()
                {
                    @Override
                    public void onError(final MeshException error)
                    {
                        errors.add(error);
                    }
                }));
            until(mesh, "routes", 1_000, () -> allReachAll(mesh));
            run(mesh, 1_500);
            assertEquals(List.of(ErrorCode.MEMORY_DAMAGED), errors.stream().map(MeshException::code).toList());
            assertTrue(errors.get(0).getMessage().contains("aside"), errors.get(0).getMessage());
            assertArrayEquals(new byte[] {1, 2, 3}, content.aside);
            assertTrue(content.bytes.length > 0, "kept anew");
        }
    }

    @Test
    void shouldReuniteAMeshThatFellApartWhenOneRemembersTheOther()
    {
        final KeepingOs.Content content = new KeepingOs.Content();
        final UnaryOperator<NodeConfig> keeping =
            config -> config.os(new KeepingOs(config.os(), content)).peers(PeersConfig.DEFAULT.kept(ANYWHERE));
        try (TestMesh mesh = new TestMesh(4))
        {
            start(mesh, "b0", "");
            start(mesh, "x", "b0", keeping);
            until(mesh, "routes", 1_000, () -> allReachAll(mesh));
            run(mesh, 1_500);
            mesh.kill("x");
            names.remove("x");
            for (int i = 1; i < 6; i++)
            {
                start(mesh, "b" + i, "b0");
            }
            for (int i = 0; i < 6; i++)
            {
                start(mesh, "a" + i, i == 0 ? "" : "a0");
            }
            run(mesh, 1_000);
            mesh.sim().pause("b0"); // nobody answers x there for now
            start(mesh, "x", "a0,a1,a2,a3", keeping);
            run(mesh, 6_000);
            assertTrue(!reachesAll(mesh, "x"));

            mesh.sim().pause();
            until(mesh, "one mesh", 60_000, () -> allReachAll(mesh));
        }
    }

    @Test
    void shouldGoOnWhenNeighboursDieOneAfterTheOther()
    {
        try (TestMesh mesh = new TestMesh(5))
        {
            start(mesh, "n0", "");
            for (int i = 1; i < 20; i++)
            {
                start(mesh, "n" + i, "n0");
            }
            until(mesh, "routes", 1_000, () -> allReachAll(mesh));
            run(mesh, 3_000);
            for (int i = 0; i < 15; i++)
            {
                mesh.kill("n" + i);
                names.remove("n" + i);
                run(mesh, 1_000);
            }
            until(mesh, "routes among those left", 10_000, () -> allReachAll(mesh));
            until(mesh, "edges among those left", 10_000,
                () -> names.stream().allMatch(name -> up(mesh, name).size() == 4));
        }
    }

    @Test
    void shouldTellNothingWhileNothingChanges()
    {
        final int[] told = new int[1];
        try (TestMesh mesh = new TestMesh(6))
        {
            final PacketWatch watch = (at, lane, buffer, offset, length) ->
            {
                if (PacketHeader.type(buffer, offset) == PacketHeader.LINK && buffer.getShort(
                    offset + TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) == PeersDecoder.TEMPLATE_ID)
                {
                    told[0]++;
                }
            };
            mesh.sim().watch(watch);
            start(mesh, "n0", "");
            for (int i = 1; i < 6; i++)
            {
                start(mesh, "n" + i, "n0");
            }
            until(mesh, "routes", 1_000, () -> allReachAll(mesh));
            run(mesh, 10_000);
            final int toldAtFirst = told[0];
            assertTrue(toldAtFirst > 10, "told=" + toldAtFirst);
            run(mesh, 20_000);
            assertEquals(toldAtFirst, told[0]);
        }
    }

    @Test
    void shouldEndTheEdgeOfWhoTellsNonsense()
    {
        for (final String[] nonsense : new String[][] {
            {}, {"b", "other"}, {"b", "b", "a/b", "c"}, {"b", "b", "c", ""}, {"", "b"}})
        {
            names.clear();
            try (TestMesh mesh = new TestMesh(7))
            {
                mesh.expectBadBytes();
                start(mesh, "a", "");
                start(mesh, "b", "a");
                until(mesh, "routes", 1_000, () -> allReachAll(mesh));
                assertTrue(mesh.sim().put("b", "a.b", peers(nonsense), true));
                until(mesh, "error", 1_000, () -> mesh.sim().node("a").errors().stream()
                    .anyMatch(error -> error.contains("place")));
                until(mesh, "edge anew", 2_000, () -> allReachAll(mesh) && up(mesh, "a").contains("b"));
            }
        }
    }

    private static byte[] peers(final String... addressesAndNames)
    {
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[512]);
        PacketHeader.write(packet, 0, PacketHeader.LINK, 1, 0, 0, 0, 0, 0);
        final PeersEncoder encoder = new PeersEncoder();
        final PeersEncoder.PlacesEncoder places =
            encoder.wrapAndApplyHeader(packet, PacketHeader.LENGTH, new MessageHeaderEncoder())
                .edges(1).edgesWanted(4).placesCount(addressesAndNames.length / 2);
        for (int i = 0; i < addressesAndNames.length; i += 2)
        {
            places.next().address(addressesAndNames[i]).name(addressesAndNames[i + 1]);
        }
        final byte[] bytes =
            new byte[PacketHeader.LENGTH + MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
        packet.getBytes(0, bytes);
        return bytes;
    }

    @Test
    void shouldHaveOnePlaceOnly()
    {
        try (TestMesh mesh = new TestMesh(8))
        {
            start(mesh, "a", "");
            final MeshException error = assertThrows(
                MeshException.class, () -> mesh.sim().node("a").addEdge("inproc:?listen=another"));
            assertEquals(ErrorCode.EDGE_EXISTS, error.code());
            assertTrue(error.getMessage().contains("listen=another"), error.getMessage());
        }
    }

    @Test
    void shouldGoOnAtAnotherPlaceWithWhatItKnows()
    {
        try (TestMesh mesh = new TestMesh(9))
        {
            for (int i = 0; i < 6; i++)
            {
                start(mesh, "n" + i, i == 0 ? "" : "n0");
            }
            until(mesh, "routes", 1_000, () -> allReachAll(mesh));
            run(mesh, 2_000);
            final MeshNode node = mesh.sim().node("n5");
            node.removeEdge(node.edges().get(0).name());
            node.addEdge("inproc:?listen=moved");
            until(mesh, "routes again", 3_000, () -> allReachAll(mesh));
            assertTrue(up(mesh, "n5").size() > 1);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheRules()
    {
        for (final UnaryOperator<PeersConfig> bad : List.<UnaryOperator<PeersConfig>>of(
            config -> config.active(0), config -> config.active(65), config -> config.known(3),
            config -> config.known(5_000)))
        {
            final MeshException error =
                assertThrows(MeshException.class, () -> bad.apply(PeersConfig.DEFAULT));
            assertEquals(ErrorCode.BAD_CONFIG, error.code());
            assertTrue(error.getMessage().contains("need ") && error.getMessage().matches(".*=\\d+\\. .*"),
                error.getMessage());
        }
    }
}
