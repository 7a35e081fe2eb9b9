package io.aeromesh;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a topology as text, DOT and JSON. Small enough to need no library in core.
 */
final class TopologyFormat
{
    private TopologyFormat()
    {
    }

    static String text(final Topology topology, final Function<Topology.Link, String> note)
    {
        final StringBuilder out = new StringBuilder(256);
        for (final String node : topology.nodes())
        {
            final boolean isAlone = topology.links().stream().noneMatch(link -> link.from().equals(node));
            out.append(node).append(isAlone ? "  (no edges)\n" : "\n");
            for (final Topology.Link link : topology.links())
            {
                if (link.from().equals(node))
                {
                    out.append("  -- ").append(link.to()).append("  ").append(label(link, note)).append('\n');
                }
            }
        }
        topology.missing().forEach(name -> out.append(name).append("  (no answer)\n"));
        return out.toString();
    }

    static String dot(final Topology topology, final Function<Topology.Link, String> note)
    {
        final StringBuilder out = new StringBuilder(256).append("graph mesh {\n");
        topology.nodes().forEach(node -> out.append("  ").append(quote(node)).append(";\n"));
        topology.missing().forEach(node -> out.append("  ").append(quote(node)).append(" [style=dashed];\n"));
        for (final Topology.Link link : topology.links())
        {
            if (isFirstView(topology, link))
            {
                out.append("  ").append(quote(link.from())).append(" -- ").append(quote(link.to()))
                    .append(" [label=").append(quote(label(link, note))).append("];\n");
            }
        }
        return out.append("}\n").toString();
    }

    static String json(final Topology topology)
    {
        final String links = topology.links().stream()
            .map(link -> "{\"from\":" + quote(link.from()) + ",\"to\":" + quote(link.to()) +
                ",\"edge\":" + quote(link.edge()) + ",\"transport\":" + quote(link.transport()) +
                ",\"cost\":" + link.cost() + ",\"round_trip_ns\":" + link.roundTripNs() + "}")
            .collect(Collectors.joining(",", "[", "]"));
        return "{\"nodes\":" + array(topology.nodes()) + ",\"links\":" + links +
            ",\"missing\":" + array(topology.missing()) + "}";
    }

    private static boolean isFirstView(final Topology topology, final Topology.Link link)
    {
        // both ends report an edge; the lower name's view is drawn, or the only one
        return link.from().compareTo(link.to()) < 0 || topology.links().stream()
            .noneMatch(other -> other.from().equals(link.to()) && other.to().equals(link.from()));
    }

    private static String label(final Topology.Link link, final Function<Topology.Link, String> note)
    {
        final String roundTrip = link.roundTripNs() < 0 ? "" : " " + link.roundTripNs() / 1_000 + "us";
        final String more = note.apply(link);
        return link.transport() + " cost " + link.cost() + roundTrip + (more.isEmpty() ? "" : " " + more);
    }

    private static String array(final List<String> names)
    {
        return names.stream().map(TopologyFormat::quote).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quote(final String text)
    {
        final StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\')
            {
                out.append('\\').append(c);
            }
            else if (c < ' ')
            {
                out.append(String.format("\\u%04x", (int)c));
            }
            else
            {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
