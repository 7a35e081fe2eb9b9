package io.aeromesh.internal.node;

import io.aeromesh.EdgeStatus;
import io.aeromesh.internal.link.Link;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.Medium;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.NodeCounters;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A configured edge of this node: its medium, and a link for each neighbour on it. Agent thread.
 */
final class EdgeSlot
{
    private final String name;
    private final String uri;
    private final String transport;
    private final Medium medium;
    private final List<LinkReader> readers = new ArrayList<>();
    final AtomicCounter packetsIn;
    final AtomicCounter bytesIn;
    final AtomicCounter generations;
    final AtomicCounter roundTripNs;

    EdgeSlot(final Medium medium, final String nodeName, final NodeCounters counters)
    {
        name = medium.config().name();
        this.medium = medium;
        final EdgeConfig config = medium.config();
        uri = config.toUri();
        final int query = uri.indexOf('?');
        transport = transport(config.scheme(), query < 0 ? uri : uri.substring(0, query));
        final String owner = "node " + nodeName + " edge " + name;
        packetsIn = counters.allocate(MeshCounter.EDGE_PACKETS_IN, owner);
        bytesIn = counters.allocate(MeshCounter.EDGE_BYTES_IN, owner);
        generations = counters.allocate(MeshCounter.EDGE_GENERATIONS, owner);
        roundTripNs = counters.allocate(MeshCounter.EDGE_ROUND_TRIP_NS, owner);
    }

    String name()
    {
        return name;
    }

    Medium medium()
    {
        return medium;
    }

    List<LinkReader> readers()
    {
        return readers;
    }

    LinkReader readerOf(final Edge edge)
    {
        for (int i = 0; i < readers.size(); i++)
        {
            if (readers.get(i).link().edge() == edge)
            {
                return readers.get(i);
            }
        }
        return null;
    }

    void status(final List<EdgeStatus> into)
    {
        if (readers.isEmpty())
        {
            into.add(new EdgeStatus(name, uri, transport, "", EdgeStatus.State.CONNECTING, 0, -1));
        }
        for (final LinkReader reader : readers)
        {
            final Link link = reader.link();
            final EdgeStatus.State state = switch (link.state())
            {
                case UP -> link.isSilent() ? EdgeStatus.State.SILENT : EdgeStatus.State.UP;
                case REFUSED -> EdgeStatus.State.REFUSED;
                default -> EdgeStatus.State.CONNECTING;
            };
            into.add(new EdgeStatus(
                name, uri, transport, link.peerName(), state, link.cost(), link.roundTripNs()));
        }
    }

    /**
     * The scheme, and the medium for a scheme whose URI path names one: {@code aeron:udp}.
     */
    private static String transport(final String scheme, final String schemeAndPath)
    {
        return "aeron".equals(scheme) ? schemeAndPath : scheme;
    }

    void close()
    {
        packetsIn.close();
        bytesIn.close();
        generations.close();
        roundTripNs.close();
        medium.close();
    }
}
