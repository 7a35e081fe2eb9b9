package io.aeromesh.tools.page;

import static io.aeromesh.status.MeshCounter.CHANNEL_ACCEPTED_BYTES;
import static io.aeromesh.status.MeshCounter.CHANNEL_ACKNOWLEDGED_BYTES;
import static io.aeromesh.status.MeshCounter.CHANNEL_RECEIVED_BYTES;
import static io.aeromesh.status.MeshCounter.CHANNEL_SESSIONS;
import static io.aeromesh.status.MeshCounter.CONGESTION_DISCARDS;
import static io.aeromesh.status.MeshCounter.EDGE_BYTES_IN;
import static io.aeromesh.status.MeshCounter.EDGE_GENERATIONS;
import static io.aeromesh.status.MeshCounter.EDGE_PACKETS_IN;
import static io.aeromesh.status.MeshCounter.EDGE_ROUND_TRIP_NS;
import static io.aeromesh.status.MeshCounter.NO_ROUTE_DISCARDS;
import static io.aeromesh.status.MeshCounter.PACKETS_FORWARDED;
import static io.aeromesh.status.MeshCounter.PACKETS_RESENT;
import static io.aeromesh.status.MeshCounter.SLOW_CYCLES;

import io.aeromesh.Topology;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.StatusFiles;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.status.MeshCounter.Scope;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.tools.look.Distribution;
import io.aeromesh.tools.look.LinkTable;
import io.aeromesh.tools.look.NodeRates;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Makes a picture of each look, and keeps what the next one needs: rates are differences, and neighbours are told by
 * events.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class PictureMaker
{
    /** What is told of each distribution, in percent. */
    private static final double[] PERCENTILES = {0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100};

    private final String mesh;
    private final String directory;
    private Map<String, Looked> lookedByInstance = new LinkedHashMap<>();
    private long number;

    /**
     * Where and when a look was.
     *
     * @param timeMs   milliseconds of the epoch.
     * @param timeNs   of a clock that only goes on.
     * @param source   where the topology is from, in words.
     * @param topology of the mesh, or null.
     */
    record Circumstances(long timeMs, long timeNs, String source, Topology topology)
    {
    }

    /**
     * @param mesh      to be shown.
     * @param directory that is looked at.
     */
    PictureMaker(final String mesh, final String directory)
    {
        this.mesh = mesh;
        this.directory = directory;
    }

    /**
     * The picture of a look, each later than the one before.
     */
    Picture make(final NodeWatch.Nodes found, final Circumstances at)
    {
        final List<NodeSnapshot> ours = found.nodes().stream().filter(node -> node.mesh().equals(mesh)).toList();
        final List<NodeSnapshot> crashed =
            ours.stream().filter(node -> node.state() == StatusFiles.State.CRASHED).toList();
        final Map<String, Looked> living = new LinkedHashMap<>();
        ours.stream().filter(node -> node.state() == StatusFiles.State.ALIVE).forEach(node ->
        {
            final Looked looked = lookedByInstance.getOrDefault(node.instance(), new Looked());
            looked.look(node, at.timeNs());
            living.put(node.instance(), looked);
        });
        lookedByInstance = living;
        final List<Picture.Link> links = links(living, crashed, at.topology());
        return new Picture(++number, at.timeMs(), mesh,
            found.nodes().stream().map(NodeSnapshot::mesh).filter(other -> !other.equals(mesh)).distinct().sorted()
                .toList(),
            directory, at.source(), found.unreadable().stream().map(MeshException::getMessage).toList(),
            PERCENTILES.clone(), nodes(living, deadNames(living, crashed), links, at.topology()), links,
            edges(living), channels(living), times(living), crashed.stream().map(Notes::crash).toList(),
            Notes.errors(ours), Notes.events(ours));
    }

    /**
     * What the mesh tells is a little old: who has a file that says that he has crashed is dead nevertheless.
     */
    private static Set<String> deadNames(final Map<String, Looked> living, final List<NodeSnapshot> crashed)
    {
        final Set<String> dead =
            crashed.stream().map(NodeSnapshot::name).collect(Collectors.toCollection(TreeSet::new));
        living.values().forEach(looked -> dead.remove(looked.snapshot().name()));
        return dead;
    }

    private static List<Picture.Node> nodes(
        final Map<String, Looked> living,
        final Set<String> dead,
        final List<Picture.Link> links,
        final Topology topology)
    {
        final Map<String, Picture.Node> byName = new LinkedHashMap<>();
        living.values().forEach(looked -> byName.put(looked.snapshot().name(), node(looked)));
        if (topology != null)
        {
            topology.nodes().stream().filter(name -> !dead.contains(name))
                .forEach(name -> byName.putIfAbsent(name, Picture.Node.named(name, Picture.State.REMOTE)));
            topology.missing().stream().filter(name -> !dead.contains(name))
                .forEach(name -> byName.putIfAbsent(name, Picture.Node.named(name, Picture.State.SILENT)));
        }
        for (final Picture.Link link : links)
        {
            byName.putIfAbsent(link.from(), Picture.Node.named(link.from(), Picture.State.REMOTE));
            byName.putIfAbsent(link.to(), Picture.Node.named(link.to(), Picture.State.REMOTE));
        }
        for (final Looked looked : living.values())
        {
            final String host = NodeIds.nodeOf(looked.snapshot().name());
            byName.putIfAbsent(host, Picture.Node.named(host, Picture.State.GONE));
        }
        return List.copyOf(byName.values());
    }

    private static Picture.Node node(final Looked looked)
    {
        final NodeSnapshot node = looked.snapshot();
        final NodeRates rates = looked.rates();
        return new Picture.Node(node.name(), NodeIds.isContext(node.name()) ? NodeIds.nodeOf(node.name()) : "",
            Picture.State.LOCAL, node.processId(), node.startMs(), rates.rate(EDGE_PACKETS_IN),
            rates.rate(EDGE_BYTES_IN), rates.rate(PACKETS_FORWARDED), rates.rate(CHANNEL_ACCEPTED_BYTES),
            rates.rate(CHANNEL_RECEIVED_BYTES), rates.rate(PACKETS_RESENT),
            rates.rate(CONGESTION_DISCARDS) + rates.rate(NO_ROUTE_DISCARDS), rates.value(SLOW_CYCLES, ""),
            node.errors().size());
    }

    /**
     * Without those between a host and its contexts, which are drawn beside it.
     */
    private static List<Picture.Link> links(
        final Map<String, Looked> living, final List<NodeSnapshot> crashed, final Topology topology)
    {
        final Set<String> dead = deadNames(living, crashed);
        final Set<String> knownWhole = new TreeSet<>();
        final LinkTable table = new LinkTable();
        for (final Looked looked : living.values())
        {
            if (looked.neighbours().isWhole())
            {
                knownWhole.add(looked.snapshot().name());
            }
        }
        final Map<String, Topology.Link> told = new HashMap<>();
        if (topology != null)
        {
            for (final Topology.Link link : topology.links())
            {
                told.put(key(link.from(), link.edge(), link.to()), link);
                if (!knownWhole.contains(link.from()) && !dead.contains(link.from()) && !dead.contains(link.to()))
                {
                    table.add(end(link));
                }
            }
        }
        for (final Looked looked : living.values())
        {
            final String node = looked.snapshot().name();
            for (final String edge : looked.rates().owners(Scope.EDGE))
            {
                final List<String> peers =
                    looked.neighbours().peers(edge, looked.rates().value(EDGE_GENERATIONS, edge));
                for (final String peer : peers)
                {
                    if (!NodeIds.isContext(node) && !NodeIds.isContext(peer) && !dead.contains(peer))
                    {
                        final LinkTable.End end = end(looked, edge, peer, told.get(key(node, edge, peer)));
                        table.add(peers.size() == 1 ? end : end.withoutRate()); // which is of all together
                    }
                }
            }
        }
        return table.joined().stream().map(PictureMaker::link).toList();
    }

    private static Picture.Link link(final LinkTable.Joined joined)
    {
        final LinkTable.End known = joined.known();
        final boolean isFirst = known.node().compareTo(known.peer()) < 0;
        return new Picture.Link(isFirst ? known.node() : known.peer(), isFirst ? known.peer() : known.node(),
            known.kind(), known.edge(), known.metric(), known.roundTripNs(), joined.packetsIn(), joined.bytesIn(),
            known.isSilent());
    }

    private static String key(final String node, final String edge, final String peer)
    {
        return node + '\n' + edge + '\n' + peer;
    }

    private static LinkTable.End end(final Topology.Link link)
    {
        return new LinkTable.End(
            link.from(), link.to(), link.edge(), link.transport(), link.cost(), link.roundTripNs(), -1, -1, false);
    }

    /**
     * @param told what the node itself says of that end, or null: knows the transport also where the edge has a name of
     *             its own, and the cost also where no route goes along it.
     */
    private static LinkTable.End end(
        final Looked looked, final String edge, final String peer, final Topology.Link told)
    {
        return new LinkTable.End(looked.snapshot().name(), peer, edge,
            told == null ? LinkTable.kindOf(edge) : told.transport(),
            told == null ? looked.neighbours().metric(peer) : told.cost(), roundTripNs(looked, edge),
            looked.rates().rate(EDGE_PACKETS_IN, edge), looked.rates().rate(EDGE_BYTES_IN, edge),
            looked.neighbours().isSilent(edge, peer));
    }

    private static long roundTripNs(final Looked looked, final String edge)
    {
        final long roundTripNs = looked.rates().value(EDGE_ROUND_TRIP_NS, edge);
        return roundTripNs > 0 ? roundTripNs : -1;
    }

    private static List<Picture.EdgeRow> edges(final Map<String, Looked> living)
    {
        final List<Picture.EdgeRow> rows = new ArrayList<>();
        for (final Looked looked : living.values())
        {
            for (final String edge : looked.rates().owners(Scope.EDGE))
            {
                final long generations = looked.rates().value(EDGE_GENERATIONS, edge);
                rows.add(new Picture.EdgeRow(looked.snapshot().name(), edge,
                    looked.neighbours().peers(edge, generations), looked.rates().rate(EDGE_PACKETS_IN, edge),
                    looked.rates().rate(EDGE_BYTES_IN, edge), generations, roundTripNs(looked, edge)));
            }
        }
        return rows;
    }

    private static List<Picture.ChannelRow> channels(final Map<String, Looked> living)
    {
        final List<Picture.ChannelRow> rows = new ArrayList<>();
        for (final Looked looked : living.values())
        {
            final NodeRates rates = looked.rates();
            for (final String owner : rates.owners(Scope.CHANNEL))
            {
                rows.add(new Picture.ChannelRow(looked.snapshot().name(), owner,
                    rates.rate(CHANNEL_ACCEPTED_BYTES, owner), rates.rate(CHANNEL_RECEIVED_BYTES, owner),
                    Math.max(0,
                        rates.value(CHANNEL_ACCEPTED_BYTES, owner) - rates.value(CHANNEL_ACKNOWLEDGED_BYTES, owner)),
                    rates.value(CHANNEL_SESSIONS, owner)));
            }
        }
        return rows;
    }

    private static List<Picture.TimesOf> times(final Map<String, Looked> living)
    {
        final List<Picture.TimesOf> times = new ArrayList<>();
        times.add(times("", List.copyOf(living.values())));
        living.values().forEach(looked -> times.add(times(looked.snapshot().name(), List.of(looked))));
        return times;
    }

    private static Picture.TimesOf times(final String node, final List<Looked> of)
    {
        final List<Picture.Spread> spreads = new ArrayList<>();
        for (final MeshHistogram histogram : MeshHistogram.values())
        {
            final Distribution all = new Distribution();
            final Distribution recent = new Distribution();
            of.forEach(looked -> looked.addAll(histogram, all));
            of.forEach(looked -> looked.addRecent(histogram, recent));
            spreads.add(new Picture.Spread(histogram.label(), curve(all), curve(recent)));
        }
        return new Picture.TimesOf(node, spreads);
    }

    private static Picture.Curve curve(final Distribution times)
    {
        final long count = times.count();
        return new Picture.Curve(
            count, count == 0 ? new long[0] : DoubleStream.of(PERCENTILES).mapToLong(times::valueAt).toArray());
    }
}
