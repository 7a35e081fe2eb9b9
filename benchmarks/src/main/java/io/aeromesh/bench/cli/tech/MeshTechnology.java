package io.aeromesh.bench.cli.tech;

import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import java.util.List;

/**
 * A channel of the mesh between neighbours that share memory.
 */
final class MeshTechnology extends PortTechnology
{
    private static final String LEAD = "lead";
    private static final String PEER = "peer";

    @Override
    public List<String> variants(final Job job)
    {
        return List.of("node=invoked every=1024", "node=thread every=0");
    }

    @Override
    Port openPort(final Site site)
    {
        final MeshNodes nodes = new MeshNodes(site, site.variant().get("every", 1024));
        final String self = site.isLead() ? LEAD : PEER;
        final String other = site.isLead() ? PEER : LEAD;
        final MeshNode node = nodes.launch(self, edge(site, other));
        return new MeshPort(nodes, node, other, ChannelSpec.Mode.AUTO, ChannelPath::isDirect, site.job());
    }

    private String edge(final Site site, final String other)
    {
        return (site.job().mode() == Mode.THREADS ? "inproc:link?peer=" : "shm:link?peer=") + other;
    }
}
