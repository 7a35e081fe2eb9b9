package io.aeromesh.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Topology;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.tools.look.Teller;
import io.aeromesh.tools.page.PictureMaker.Circumstances;
import io.aeromesh.watch.NodeWatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the page shows, from files of nodes and from what the mesh tells.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PictureMakerTest
{
    private static final long SECOND_NS = 1_000_000_000;
    private static final String LEFT = "shm:link?peer=right";
    private static final String RIGHT = "shm:link?peer=left";

    @TempDir
    private Path base;
    private final PictureMaker maker = new PictureMaker(Teller.MESH, "here");
    private long nowNs;

    private Picture look()
    {
        return look(null);
    }

    private Picture look(final Topology topology)
    {
        nowNs += SECOND_NS;
        return maker.make(NodeWatch.read(base), new Circumstances(1, nowNs, "nowhere", topology));
    }

    private Teller teller(final String name)
    {
        return new Teller(base, name);
    }

    @Test
    void shouldTellRatesBetweenLooks()
    {
        try (Teller left = teller("left"))
        {
            left.count(MeshCounter.EDGE_PACKETS_IN, "edge " + LEFT, 10).count(MeshCounter.EDGE_PACKETS_IN, "edge b", 1)
                .count(MeshCounter.PACKETS_FORWARDED, "", 5)
                .count(MeshCounter.CHANNEL_ACCEPTED_BYTES, "channel 'x' to 'y'", 1_000);
            assertEquals(0, look().nodes().get(0).packetsIn());
            left.count(MeshCounter.EDGE_PACKETS_IN, "edge " + LEFT, 30).count(MeshCounter.EDGE_PACKETS_IN, "edge b", 2)
                .count(MeshCounter.PACKETS_FORWARDED, "", 12)
                .count(MeshCounter.CHANNEL_ACCEPTED_BYTES, "channel 'x' to 'y'", 1_500)
                .count(MeshCounter.CHANNEL_ACKNOWLEDGED_BYTES, "channel 'x' to 'y'", 1_100);
            nowNs += SECOND_NS; // so two seconds between the looks
            final Picture picture = look();

            assertEquals(2, picture.number());
            assertEquals(10.5, picture.nodes().get(0).packetsIn());
            assertEquals(3.5, picture.nodes().get(0).forwarded());
            assertEquals(250, picture.nodes().get(0).acceptedBytes());
            assertEquals(List.of("b 0.5", LEFT + " 10.0"),
                picture.edges().stream().map(row -> row.edge() + " " + row.packetsIn()).toList());
            assertEquals("'x' to 'y'", picture.channels().get(0).channel());
            assertEquals(250, picture.channels().get(0).acceptedBytes());
            assertEquals(400, picture.channels().get(0).unacknowledged());
        }
    }

    @Test
    void shouldTellNoRateOfANodeThatHasBegunAnew()
    {
        try (Teller left = teller("left"))
        {
            left.count(MeshCounter.PACKETS_FORWARDED, "", 500);
            look();
            left.count(MeshCounter.PACKETS_FORWARDED, "", 3);
            assertEquals(0, look().nodes().get(0).forwarded());
        }
    }

    @Test
    void shouldJoinTheEndsOfAnEdge()
    {
        try (Teller left = teller("left"); Teller right = teller("right"))
        {
            left.edgeUp(LEFT, "right").count(MeshCounter.EDGE_PACKETS_IN, "edge " + LEFT, 0)
                .count(MeshCounter.EDGE_ROUND_TRIP_NS, "edge " + LEFT, 700).note(MeshEvent.ROUTE, "right", "right", 3);
            right.edgeUp(RIGHT, "left").count(MeshCounter.EDGE_PACKETS_IN, "edge " + RIGHT, 0);
            look();
            left.count(MeshCounter.EDGE_PACKETS_IN, "edge " + LEFT, 10);
            right.count(MeshCounter.EDGE_PACKETS_IN, "edge " + RIGHT, 7);

            assertEquals(List.of(new Picture.Link("left", "right", "shm", LEFT, 3, 700, 17, 0, false)),
                look().links());

            left.note(MeshEvent.EDGE_SILENT, LEFT, "right", 0);
            assertTrue(look().links().get(0).isSilent());
            left.note(MeshEvent.EDGE_DOWN, LEFT, "right: gone", 0);
            right.note(MeshEvent.EDGE_DOWN, RIGHT, "left: gone", 0);
            assertEquals(List.of(), look().links());
        }
    }

    @Test
    void shouldForgetACrashedNodeAndListWhatItLeft()
    {
        try (Teller left = teller("left"))
        {
            final Teller right = teller("right");
            left.edgeUp(LEFT, "right").count(MeshCounter.EDGE_PACKETS_IN, "edge " + LEFT, 0);
            right.edgeUp(RIGHT, "left").count(MeshCounter.EDGE_PACKETS_IN, "edge " + RIGHT, 0).fail("it broke");
            final Topology topology = new Topology(List.of("left", "right"),
                List.of(new Topology.Link("right", "left", RIGHT, "shm", 4, 5)), List.of());
            assertEquals(List.of("left", "right"), names(look(topology)));
            right.crash();
            final Picture picture = look(topology); // which is a little old

            assertEquals(List.of("left"), names(picture));
            assertEquals(List.of(), picture.links());
            assertEquals(1, picture.crashes().size());
            assertEquals("right", picture.crashes().get(0).node());
            assertTrue(picture.crashes().get(0).errors().get(0).headline().contains("it broke"));
            assertEquals("edge-up", picture.crashes().get(0).events().get(0).kind());
            assertTrue(picture.errors().get(0).isCrash());
            assertEquals(1, picture.errors().get(0).count());
            assertTrue(picture.errors().get(0).stack().contains("Teller"), picture.errors()::toString);
        }
    }

    @Test
    void shouldTakeWhatIsElsewhereFromTheMesh()
    {
        try (Teller left = teller("left"))
        {
            left.edgeUp("upstream", "far").count(MeshCounter.EDGE_PACKETS_IN, "edge upstream", 0);
            final Picture picture = look(new Topology(List.of("far", "left"), List.of(
                new Topology.Link("left", "far", "upstream", "aeron:udp", 9, 800),
                new Topology.Link("far", "left", "downstream", "aeron:udp", 9, 800),
                new Topology.Link("far", "farther", "x", "aeron:ipc", 2, -1)), List.of("mute")));

            assertEquals(List.of("left LOCAL", "far REMOTE", "mute SILENT", "farther REMOTE"),
                picture.nodes().stream().map(node -> node.name() + " " + node.state()).toList());
            assertEquals(List.of("far-farther aeron:ipc 2", "far-left aeron:udp 9"), picture.links().stream()
                .map(link -> link.from() + "-" + link.to() + " " + link.kind() + " " + link.metric()).toList());
            assertEquals(0, picture.links().get(1).packetsIn());
            assertEquals(-1, picture.links().get(0).packetsIn());
        }
    }

    @Test
    void shouldSetContextsBesideTheirHostAlsoWhereThatIsGone()
    {
        try (Teller host = teller("host"); Teller one = teller("host/one"); Teller lost = teller("gone/two"))
        {
            host.edgeUp("contexts", "host/one").count(MeshCounter.EDGE_PACKETS_IN, "edge contexts", 0);
            one.edgeUp("host", "host").count(MeshCounter.EDGE_PACKETS_IN, "edge host", 0);
            lost.count(MeshCounter.EDGE_PACKETS_IN, "edge host", 0);
            final Picture picture = look();

            assertEquals(List.of(), picture.links());
            assertEquals(List.of("gone/two in gone LOCAL", "host in  LOCAL", "host/one in host LOCAL", "gone in  GONE"),
                picture.nodes().stream()
                    .map(node -> node.name() + " in " + node.host() + " " + node.state()).toList());
            assertEquals(List.of(List.of(), List.of("host/one"), List.of("host")),
                picture.edges().stream().map(Picture.EdgeRow::peers).toList());
        }
    }

    @Test
    void shouldShowOneMesh()
    {
        try (Teller left = teller("left"); Teller other = new Teller(base, "spare", "left"))
        {
            left.fail("ours");
            other.fail("theirs");
            final Picture picture = look();

            assertEquals(List.of("left"), names(picture));
            assertEquals(List.of("spare"), picture.otherMeshes());
            assertEquals(1, picture.errors().size());
        }
    }

    @Test
    void shouldGuessNeighboursByTheUriWhereEventsAreLost()
    {
        try (Teller left = teller("left"); Teller right = teller("right"))
        {
            left.edgeUp(LEFT, "right").count(MeshCounter.EDGE_GENERATIONS, "edge " + LEFT, 1);
            right.count(MeshCounter.EDGE_GENERATIONS, "edge " + RIGHT, 0);
            for (int i = 0; i < 40; i++)
            {
                left.note(MeshEvent.SLOW_CYCLE, "services", "", i);
            }

            assertEquals("left-right",
                look().links().stream().map(link -> link.from() + "-" + link.to()).findFirst().orElse("none"));
        }
    }

    @Test
    void shouldTellTimesSinceStartAndOfTheLastSeconds()
    {
        try (Teller left = teller("left"); Teller right = teller("right"))
        {
            left.took(MeshHistogram.HOP, 1_000);
            look();
            left.took(MeshHistogram.HOP, 8_000);
            right.took(MeshHistogram.HOP, 2_000);
            final Picture picture = look();

            assertEquals(List.of("", "left", "right"),
                picture.times().stream().map(Picture.TimesOf::node).toList());
            final Picture.Spread all = picture.times().get(0).spread().get(MeshHistogram.HOP.ordinal());
            final Picture.Spread ofLeft = picture.times().get(1).spread().get(MeshHistogram.HOP.ordinal());
            assertEquals("hop", all.label());
            assertEquals(3, all.all().count());
            assertEquals(2, all.recent().count());
            assertEquals(2, ofLeft.all().count());
            assertEquals(1, ofLeft.recent().count());
            assertEquals(8_000, ofLeft.recent().values()[0]);

            for (long passedNs = 0; passedNs <= 2 * Looked.RECENT_NS; passedNs += SECOND_NS)
            {
                look();
            }
            assertEquals(0, look().times().get(1).spread().get(MeshHistogram.HOP.ordinal()).recent().count());
        }
    }

    @Test
    void shouldLeaveRoomForEventsBesideThoseOfRoutes()
    {
        try (Teller left = teller("left"))
        {
            for (int i = 0; i < 10; i++)
            {
                left.note(MeshEvent.ROUTE, "right", "right", i);
            }
            left.note(MeshEvent.SLOW_CYCLE, "services", "", 5);
            final List<Picture.EventLine> events = look().events();

            assertEquals(11, events.size());
            assertEquals("slow-cycle", events.get(0).kind());
            assertEquals(5, events.get(0).value());
            assertEquals(9, events.get(1).value());
        }
    }

    private static List<String> names(final Picture picture)
    {
        return picture.nodes().stream().map(Picture.Node::name).toList();
    }
}
