package io.aeromesh.bench.cli.tech;

import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import java.util.List;

/**
 * A channel of the mesh between neighbours that share memory, or that a datagram socket joins.
 */
final class MeshTechnology extends PortTechnology
{
    /** Which. */
    enum Way
    {
        /** End to end through memory. */
        DIRECT,
        /** End to end through UDP. */
        DIRECT_UDP
    }

    private static final String LEAD = "lead";
    private static final String PEER = "peer";

    private final Way way;

    MeshTechnology(final Way way)
    {
        this.way = way;
    }

    @Override
    public List<String> variants(final Job job)
    {
        return way == Way.DIRECT ? List.of("node=invoked every=1024", "node=thread every=0") :
            List.of("node=invoked every=1", "node=invoked every=8");
    }

    @Override
    Port openPort(final Site site)
    {
        final MeshNodes nodes = new MeshNodes(site, site.variant().get("every", 1024));
        final String self = site.isLead() ? LEAD : PEER;
        final String other = site.isLead() ? PEER : LEAD;
        final MeshNode node = nodes.launch(self, edge(site, other));
        return new MeshPort(nodes, node, other, ChannelSpec.Mode.AUTO, this::isWanted, site.job());
    }

    private String edge(final Site site, final String other)
    {
        if (way == Way.DIRECT_UDP)
        {
            return "aeron:udp?endpoint=127.0.0.1:" + site.agreed("udp-port-" + site.inbound(), Site::freeUdpPort) +
                "|remote=127.0.0.1:" + site.agreed("udp-port-" + site.outbound(), Site::freeUdpPort) + "|peer=" + other;
        }
        return (site.job().mode() == Mode.THREADS ? "inproc:link?peer=" : "shm:link?peer=") + other;
    }

    private boolean isWanted(final ChannelPath path)
    {
        return way == Way.DIRECT ? path.isDirect() : path.kind() == ChannelPath.Kind.DIRECT_STREAM;
    }
}
