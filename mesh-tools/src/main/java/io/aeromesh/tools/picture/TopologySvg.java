package io.aeromesh.tools.picture;

import io.aeromesh.Topology;
import io.aeromesh.tools.process.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Draws a topology as SVG: nodes by name, edges with kind, cost and round trip, in colours that suit a light page and
 * a dark one, whichever its viewer has.
 */
public final class TopologySvg
{
    /** Nodes that are drawn; the layout takes the cube of that in steps, and nobody reads a larger picture. */
    public static final int NODES_MAX = 500;

    private static final double HOP = 190;
    private static final double SPACING = 95;
    private static final double MARGIN = 26;
    private static final double BORDER = 40;
    private static final double NODE_HEIGHT = 30;
    private static final double NODE_PADDING = 22;
    private static final double NODE_CHARACTER = 8;
    private static final double LABEL_HEIGHT = 15;
    private static final double LABEL_CHARACTER = 6.1;
    private static final double LEGEND_HEIGHT = 34;
    private static final double LEGEND_WIDTH = 120;
    private static final int NAME_LENGTH_MAX = 24;
    /** Where on its edge a label may be, best first. */
    private static final double[] PLACES = {0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8};
    /** How far an edge may be bent aside, best first. */
    private static final double[] BENDS = {0, 50, -50, 100, -100, 150, -150};
    /** A name that is hidden is worse than a label that is. */
    private static final double NODE_WEIGHT = 10;

    private static final String EXPLANATION = "on edges: kind, cost for routing, round trip";
    private static final List<String> KINDS = List.of("shm", "aeron:ipc", "aeron:udp", "inproc");

    private static final String STYLE = """
        <style>
        text { font-family: system-ui, sans-serif; text-anchor: middle; }
        .paper { fill: #ffffff; }
        .node rect { fill: #eef2f8; stroke: #41526b; stroke-width: 1.4; }
        .node text { fill: #16202e; font-size: 14px; font-weight: 600; }
        .missing rect { fill: none; stroke-dasharray: 5 4; }
        .missing text { fill: #6b7686; font-weight: 400; }
        .edge path { fill: none; stroke: #75808f; stroke-width: 1.8; }
        .edge text, .legend text { fill: #333d4b; font-size: 11px; }
        .legend path { fill: none; stroke-width: 3; stroke: #75808f; }
        .legend text { text-anchor: start; }
        .kind-shm path { stroke: #1b7f5c; }
        .kind-aeron-ipc path { stroke: #8a5a00; }
        .kind-aeron-udp path { stroke: #2b62c4; }
        .kind-inproc path { stroke: #8b3fa8; }
        @media (prefers-color-scheme: dark) {
        .paper { fill: #14181f; }
        .node rect { fill: #232b38; stroke: #8ea0bb; }
        .node text { fill: #eaf0f8; }
        .missing rect { fill: none; }
        .missing text { fill: #98a4b5; }
        .edge path, .legend path { stroke: #8b96a6; }
        .edge text, .legend text { fill: #cfd7e3; }
        .kind-shm path { stroke: #46c796; }
        .kind-aeron-ipc path { stroke: #e0a83c; }
        .kind-aeron-udp path { stroke: #7aa8ff; }
        .kind-inproc path { stroke: #cf8fe6; }
        }
        </style>
        """;

    private final Graph graph;
    private final Function<Topology.Link, String> note;
    private final Box[] boxes;
    private final List<Curve> curves = new ArrayList<>();
    private final List<Box> labels = new ArrayList<>();
    private final StringBuilder out = new StringBuilder(4096);

    private TopologySvg(final Graph graph, final Function<Topology.Link, String> note)
    {
        this.graph = graph;
        this.note = note;
        boxes = new Box[graph.nodes().size()];
        for (int i = 0; i < boxes.length; i++)
        {
            final String name = shortened(graph.nodes().get(i).name());
            boxes[i] = new Box(0, 0, name.length() * NODE_CHARACTER + NODE_PADDING, NODE_HEIGHT);
        }
    }

    /**
     * A whole document. The same topology gives the same picture.
     *
     * @param note what else to write on an edge, behind its kind, cost and round trip; empty: nothing.
     * @throws IllegalArgumentException for more than {@value #NODES_MAX} nodes.
     */
    public static String draw(final Topology topology, final Function<Topology.Link, String> note)
    {
        final Graph graph = Graph.of(topology);
        if (graph.nodes().size() > NODES_MAX)
        {
            throw new IllegalArgumentException("can draw up to " + NODES_MAX + " nodes, and there are " +
                graph.nodes().size() + ": use --format dot, and Graphviz");
        }
        return new TopologySvg(graph, note).draw();
    }

    private String draw()
    {
        StressLayout.place(boxes, graph.lengths(HOP, SPACING), MARGIN);
        double right = kinds().size() * LEGEND_WIDTH + explanation().length() * LABEL_CHARACTER + BORDER;
        double bottom = 0;
        for (int i = 0; i < boxes.length; i++)
        {
            boxes[i] = boxes[i].movedBy(BORDER, BORDER);
            right = Math.max(right, boxes[i].left() + boxes[i].width());
            bottom = Math.max(bottom, boxes[i].top() + boxes[i].height());
        }
        final String width = number(right + BORDER);
        final String height = number(bottom + BORDER + LEGEND_HEIGHT);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width).append("\" height=\"")
            .append(height).append("\" viewBox=\"0 0 ").append(width).append(' ').append(height)
            .append("\" role=\"img\">\n<title>mesh: ").append(graph.nodes().size()).append(" nodes, ")
            .append(graph.lines().size()).append(" edges</title>\n").append(STYLE)
            .append("<rect class=\"paper\" width=\"").append(width).append("\" height=\"").append(height)
            .append("\"/>\n");
        graph.lines().forEach(line -> curves.add(curve(line)));
        drawPaths();
        drawLabels();
        drawNodes();
        drawLegend(bottom + BORDER);
        return out.append("</svg>\n").toString();
    }

    private void drawPaths()
    {
        for (int i = 0; i < curves.size(); i++)
        {
            final Topology.Link link = graph.lines().get(i).link();
            final Curve curve = curves.get(i);
            out.append("<g class=\"edge ").append(kindClass(link.transport())).append("\"><path d=\"M")
                .append(point(curve.x(0), curve.y(0))).append(" Q").append(point(curve.controlX(), curve.controlY()))
                .append(' ').append(point(curve.x(1), curve.y(1))).append("\"><title>")
                .append(escape(link.from() + " to " + link.to() + ": edge " + link.edge() + ", " + label(link)))
                .append("</title></path></g>\n");
        }
    }

    private void drawNodes()
    {
        for (int i = 0; i < boxes.length; i++)
        {
            final Box box = boxes[i];
            final Graph.Node node = graph.nodes().get(i);
            out.append("<g class=\"node").append(node.hasAnswered() ? "" : " missing").append("\"><title>")
                .append(escape(node.name())).append(node.hasAnswered() ? "" : ": no answer")
                .append("</title><rect x=\"").append(number(box.left())).append("\" y=\"").append(number(box.top()))
                .append("\" width=\"").append(number(box.width())).append("\" height=\"").append(number(box.height()))
                .append("\" rx=\"7\"/>");
            drawText(box.x(), box.y(), shortened(node.name()));
            out.append("</g>\n");
        }
    }

    private void drawLabels()
    {
        for (int i = 0; i < curves.size(); i++)
        {
            final String label = label(graph.lines().get(i).link());
            final Box place = place(curves.get(i), label.length() * LABEL_CHARACTER);
            labels.add(place);
            out.append("<g class=\"edge\"><rect class=\"paper\" x=\"").append(number(place.left())).append("\" y=\"")
                .append(number(place.top())).append("\" width=\"").append(number(place.width()))
                .append("\" height=\"").append(number(place.height())).append("\"/>");
            drawText(place.x(), place.y(), label);
            out.append("</g>\n");
        }
    }

    /**
     * Where a label covers the least of what is there already.
     */
    private Box place(final Curve curve, final double width)
    {
        Box best = null;
        double leastCovered = Double.MAX_VALUE;
        for (int i = 0; i < PLACES.length && leastCovered > 0; i++)
        {
            final Box place = new Box(curve.x(PLACES[i]), curve.y(PLACES[i]), width, LABEL_HEIGHT);
            double covered = labels.stream().mapToDouble(place::sharedArea).sum();
            for (final Box node : boxes)
            {
                covered += NODE_WEIGHT * place.sharedArea(node);
            }
            if (covered < leastCovered)
            {
                leastCovered = covered;
                best = place;
            }
        }
        return best;
    }

    private void drawLegend(final double top)
    {
        double x = BORDER;
        final double y = top + LEGEND_HEIGHT / 2 - BORDER / 4;
        for (final String kind : kinds())
        {
            out.append("<g class=\"legend ").append(kindClass(kind)).append("\"><path d=\"M").append(point(x, y))
                .append(" h24\"/>");
            drawText(x + NODE_HEIGHT, y, kind);
            out.append("</g>\n");
            x += LEGEND_WIDTH;
        }
        out.append("<g class=\"legend\">");
        drawText(x, y, explanation());
        out.append("</g>\n");
    }

    private String explanation()
    {
        final boolean isNoted = graph.lines().stream().anyMatch(line -> !note.apply(line.link()).isEmpty());
        return isNoted ? EXPLANATION + ", packets and bytes both ways" : EXPLANATION;
    }

    /**
     * Those that are there, the known ones first.
     */
    private Set<String> kinds()
    {
        final Set<String> there = new TreeSet<>();
        graph.lines().forEach(line -> there.add(line.link().transport()));
        final Set<String> kinds = new LinkedHashSet<>(KINDS);
        kinds.retainAll(there);
        kinds.addAll(there);
        return kinds;
    }

    private void drawText(final double x, final double y, final String text)
    {
        out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" dy=\"0.35em\">")
            .append(escape(text)).append("</text>");
    }

    /**
     * Past other nodes rather than behind them, and beside other edges of the same two nodes.
     */
    private Curve curve(final Graph.Line line)
    {
        Curve best = null;
        int leastHidden = Integer.MAX_VALUE;
        for (int i = line.rank(); i < Math.max(BENDS.length, line.rank() + 1) && leastHidden > 0; i++)
        {
            final double bend = BENDS[i % BENDS.length] * (1 + i / BENDS.length);
            final Curve curve = new Curve(boxes[line.from()], boxes[line.to()], bend);
            int hidden = 0;
            for (int node = 0; node < boxes.length; node++)
            {
                hidden += node == line.from() || node == line.to() ? 0 : curve.stepsBehind(boxes[node]);
            }
            if (hidden < leastHidden)
            {
                leastHidden = hidden;
                best = curve;
            }
        }
        return best;
    }

    private String label(final Topology.Link link)
    {
        final String more = note.apply(link);
        return link.transport() + " " + link.cost() + (link.roundTripNs() < 0 ? "" : " " +
            Numbers.time(link.roundTripNs())) + (more.isEmpty() ? "" : " " + more);
    }

    private static String kindClass(final String kind)
    {
        return "kind-" + kind.replaceAll("[^a-z0-9]", "-");
    }

    private static String shortened(final String name)
    {
        return name.length() <= NAME_LENGTH_MAX ? name : name.substring(0, NAME_LENGTH_MAX - 1) + "\u2026";
    }

    private static String point(final double x, final double y)
    {
        return number(x) + " " + number(y);
    }

    private static String number(final double value)
    {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(final String text)
    {
        final StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            switch (c)
            {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> escaped.append(c < ' ' ? '\ufffd' : c); // what XML has no way to say
            }
        }
        return escaped.toString();
    }
}
