package io.aeromesh.tools.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Topology;
import io.aeromesh.Topology.Link;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TopologySvgTest
{
    @Test
    void shouldDrawEachEdgeOnceWithKindCostAndRoundTrip() throws Exception
    {
        final Topology topology = new Topology(List.of("a", "b"),
            List.of(link("a", "b", "shm", 21_000), link("b", "a", "shm", 22_000)), List.of());

        final Document svg = parse(draw(topology));

        assertEquals(List.of("shm 10 21.0 us"), texts(svg, "edge"));
        assertEquals(List.of("a", "b"), texts(svg, "node"));
    }

    @Test
    void shouldWriteWhatElseThereIsToSay() throws Exception
    {
        final Topology topology = new Topology(List.of("a", "b"), List.of(link("a", "b", "shm", 21_000)), List.of());

        final String svg = TopologySvg.draw(topology, link -> ">= 5/s 1 KiB/s");

        assertEquals(List.of("shm 10 21.0 us >= 5/s 1 KiB/s"), texts(parse(svg), "edge"));
        assertTrue(svg.contains("round trip, packets and bytes both ways"), svg);
    }

    @Test
    void shouldDrawBothEdgesOfTwoNodes() throws Exception
    {
        final Topology topology = new Topology(List.of("a", "b"),
            List.of(link("a", "b", "shm", -1), link("b", "a", "shm", -1), link("a", "b", "aeron:udp", -1),
                link("b", "a", "aeron:udp", -1)),
            List.of());

        assertEquals(List.of("shm 10", "aeron:udp 10"), texts(parse(draw(topology)), "edge"));
    }

    @Test
    void shouldMarkWhoDidNotAnswer() throws Exception
    {
        final Topology topology = new Topology(List.of("a"), List.of(link("a", "c", "shm", -1)), List.of("b"));

        assertEquals(List.of("b", "c"), texts(parse(draw(topology)), "node missing"));
    }

    @Test
    void shouldTakeAnyNameForAName() throws Exception
    {
        final String name = "<a> & \"b\" \u0007 " + "x".repeat(100);

        final List<String> names = texts(parse(draw(new Topology(List.of(name), List.of(), List.of()))),
            "node");

        assertTrue(names.get(0).startsWith("<a> & \"b\" "), names::toString);
        assertTrue(names.get(0).length() < 30, names::toString);
    }

    @Test
    void shouldDrawNoNodes() throws Exception
    {
        parse(draw(new Topology(List.of(), List.of(), List.of())));
    }

    @Test
    void shouldSuitLightAndDarkPages()
    {
        final String svg = draw(new Topology(List.of("a"), List.of(), List.of()));

        assertTrue(svg.contains("prefers-color-scheme: dark"), svg);
    }

    @Test
    void shouldDrawTheSameAgain()
    {
        assertEquals(draw(fifty()), draw(fifty()));
    }

    @Test
    void shouldKeepFiftyNodesApart()
    {
        final Graph graph = Graph.of(fifty());
        final Box[] boxes = new Box[graph.nodes().size()];
        IntStream.range(0, boxes.length).forEach(i -> boxes[i] = new Box(0, 0, 90, 30));

        StressLayout.place(boxes, graph.lengths(190, 95), 26);

        for (int i = 0; i < boxes.length; i++)
        {
            assertTrue(boxes[i].left() >= -0.01 && boxes[i].top() >= -0.01, boxes[i]::toString);
            for (int j = i + 1; j < boxes.length; j++)
            {
                final int first = i;
                final int second = j;
                assertEquals(0, boxes[i].sharedArea(boxes[j]), () -> boxes[first] + " lies over " + boxes[second]);
            }
        }
    }

    @Test
    void shouldPlaceTheNeighboursOfOneInARing()
    {
        final List<String> names = IntStream.range(0, 50).mapToObj(i -> "n" + i).toList();
        final List<Link> links = names.subList(1, 50).stream().map(name -> link("n0", name, "shm", -1)).toList();
        final Graph graph = Graph.of(new Topology(names, links, List.of()));
        final Box[] boxes = new Box[50];
        IntStream.range(0, boxes.length).forEach(i -> boxes[i] = new Box(0, 0, 10, 10));

        StressLayout.place(boxes, graph.lengths(190, 95), 26);

        final double wanted = 49 * 95 / (2 * Math.PI);
        for (int i = 1; i < boxes.length; i++)
        {
            assertEquals(wanted, Math.hypot(boxes[i].x() - boxes[0].x(), boxes[i].y() - boxes[0].y()), wanted / 3);
        }
    }

    @Test
    void shouldRefuseMoreThanAnybodyReads()
    {
        final List<String> names = IntStream.range(0, 501).mapToObj(i -> "n" + i).toList();

        final IllegalArgumentException error = assertThrows(IllegalArgumentException.class,
            () -> draw(new Topology(names, List.of(), List.of())));

        assertTrue(error.getMessage().contains("there are 501: use --format dot"), error::getMessage);
    }

    @Test
    void shouldLeadAnEdgePastANodeThatLiesBetween() throws Exception
    {
        // the ends of a chain, joined: on a line they would be joined behind the node in the middle
        final Curve straight = new Curve(new Box(0, 0, 50, 30), new Box(400, 0, 50, 30), 0);
        final Curve bent = new Curve(new Box(0, 0, 50, 30), new Box(400, 0, 50, 30), 50);
        final Box between = new Box(200, 0, 50, 30);

        assertTrue(straight.stepsBehind(between) > 0);
        assertEquals(0, bent.stepsBehind(between));
    }

    @Test
    void shouldPlaceAChainAsALine()
    {
        final Box[] boxes = new Box[] {new Box(0, 0, 50, 30), new Box(0, 0, 50, 30), new Box(0, 0, 50, 30)};
        final double none = Double.POSITIVE_INFINITY;

        StressLayout.place(boxes, new double[][] {{none, 200, none}, {200, none, 200}, {none, 200, none}}, 20);

        assertEquals(400, Math.hypot(boxes[0].x() - boxes[2].x(), boxes[0].y() - boxes[2].y()), 6);
        assertEquals(200, Math.hypot(boxes[0].x() - boxes[1].x(), boxes[0].y() - boxes[1].y()), 6);
    }

    private static String draw(final Topology topology)
    {
        return TopologySvg.draw(topology, link -> "");
    }

    static Topology fifty()
    {
        final List<String> names = IntStream.range(0, 50).mapToObj(i -> String.format("node-%02d", i)).toList();
        final List<Link> links = new ArrayList<>();
        final Random random = new Random(5);
        final List<String> kinds = List.of("shm", "aeron:ipc", "aeron:udp");
        for (int i = 1; i < names.size(); i++)
        {
            addBoth(links, names.get(i), names.get(random.nextInt(i)), kinds.get(i % kinds.size()));
        }
        for (int i = 0; i < 15; i++)
        {
            final int from = random.nextInt(names.size());
            addBoth(links, names.get(from), names.get((from + 7) % names.size()), "aeron:udp");
        }
        return new Topology(names, links, List.of());
    }

    private static void addBoth(final List<Link> links, final String from, final String to, final String kind)
    {
        links.add(link(from, to, kind, 35_000));
        links.add(link(to, from, kind, 36_000));
    }

    private static Link link(final String from, final String to, final String kind, final long roundTripNs)
    {
        return new Link(from, to, from + "-" + to, kind, 10, roundTripNs);
    }

    private static Document parse(final String svg) throws Exception
    {
        final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals("svg", document.getDocumentElement().getTagName());
        return document;
    }

    /**
     * What is written in groups of a class.
     */
    private static List<String> texts(final Document svg, final String groupClass)
    {
        final List<String> texts = new ArrayList<>();
        final NodeList groups = svg.getElementsByTagName("g");
        for (int i = 0; i < groups.getLength(); i++)
        {
            final Element group = (Element)groups.item(i);
            final NodeList inside = group.getElementsByTagName("text");
            if (group.getAttribute("class").equals(groupClass) && inside.getLength() > 0)
            {
                texts.add(inside.item(0).getTextContent());
            }
        }
        return texts;
    }
}
