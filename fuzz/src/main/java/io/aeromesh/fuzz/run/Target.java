package io.aeromesh.fuzz.run;

import io.aeromesh.aeron.LanFrameFuzz;
import io.aeromesh.aeron.LinkFrameFuzz;
import io.aeromesh.aeron.PlaceFuzz;
import io.aeromesh.fuzz.node.NodeFuzz;
import io.aeromesh.internal.direct.DirectChannelFuzz;
import io.aeromesh.internal.lease.LeaseFuzz;
import io.aeromesh.internal.link.MessageFuzz;
import io.aeromesh.internal.peers.PeerFileFuzz;
import io.aeromesh.internal.routing.RoutingFuzz;
import io.aeromesh.internal.session.RangesFuzz;
import io.aeromesh.internal.session.ReceiveFuzz;
import io.aeromesh.internal.session.SendFuzz;
import io.aeromesh.os.PresenceFuzz;
import io.aeromesh.ring.EdgeRingFuzz;
import io.aeromesh.shm.HandshakeFuzz;
import io.aeromesh.spi.EdgeUriFuzz;
import io.aeromesh.watch.SnapshotFuzz;
import java.util.List;
import java.util.function.Consumer;

/**
 * A class with a method {@code fuzzerTestOneInput(byte[])}, which throws what it finds.
 *
 * @param name on the command line, and of its corpus.
 * @param type whose method it is.
 * @param once that method.
 */
public record Target(String name, Class<?> type, Consumer<byte[]> once)
{
    /** All there are, the whole node first, as it has the most to find. */
    public static final List<Target> ALL = List.of(
        new Target("node", NodeFuzz.class, NodeFuzz::fuzzerTestOneInput),
        new Target("lease", LeaseFuzz.class, LeaseFuzz::fuzzerTestOneInput),
        new Target("direct-channel", DirectChannelFuzz.class, DirectChannelFuzz::fuzzerTestOneInput),
        new Target("edge-ring", EdgeRingFuzz.class, EdgeRingFuzz::fuzzerTestOneInput),
        new Target("receive", ReceiveFuzz.class, ReceiveFuzz::fuzzerTestOneInput),
        new Target("send", SendFuzz.class, SendFuzz::fuzzerTestOneInput),
        new Target("ranges", RangesFuzz.class, RangesFuzz::fuzzerTestOneInput),
        new Target("routing", RoutingFuzz.class, RoutingFuzz::fuzzerTestOneInput),
        new Target("message", MessageFuzz.class, MessageFuzz::fuzzerTestOneInput),
        new Target("handshake", HandshakeFuzz.class, HandshakeFuzz::fuzzerTestOneInput),
        new Target("presence", PresenceFuzz.class, PresenceFuzz::fuzzerTestOneInput),
        new Target("link-frame", LinkFrameFuzz.class, LinkFrameFuzz::fuzzerTestOneInput),
        new Target("place", PlaceFuzz.class, PlaceFuzz::fuzzerTestOneInput),
        new Target("lan-frame", LanFrameFuzz.class, LanFrameFuzz::fuzzerTestOneInput),
        new Target("peer-file", PeerFileFuzz.class, PeerFileFuzz::fuzzerTestOneInput),
        new Target("edge-uri", EdgeUriFuzz.class, EdgeUriFuzz::fuzzerTestOneInput),
        new Target("snapshot", SnapshotFuzz.class, SnapshotFuzz::fuzzerTestOneInput));

    /**
     * Its name.
     */
    @Override
    public String toString()
    {
        return name;
    }
}
