package io.aeromesh.bench.cli.tech;

import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.bench.cli.measure.Role;
import java.util.List;

/**
 * A proxy channel between two contexts of one host: {@code lead – host – peer}, which is what they have until they are
 * joined directly, or when they can not be. As with relays, the host runs in the peer's thread, and each poll runs all
 * nodes of the end.
 */
final class ContextTechnology extends PortTechnology
{
    private static final String HOST = "host";
    private static final String LEAD = "lead";
    private static final String PEER = "peer";
    private static final int CONTEXTS = 2;

    @Override
    public List<String> variants(final Job job)
    {
        return job.benchCase() == Case.THROUGHPUT ? List.of("every=256", "every=64") : List.of("every=1");
    }

    @Override
    public Role first(final Job job)
    {
        return Role.PEER; // who has the host
    }

    @Override
    Port openPort(final Site site)
    {
        final boolean isLead = site.isLead();
        final MeshNodes nodes = new MeshNodes(site, isLead ? site.variant().get("every", 1) : 1);
        if (!isLead)
        {
            nodes.launch(HOST, config -> config.hosting(CONTEXTS));
        }
        final MeshNode node = nodes.attach(isLead ? LEAD : PEER);
        final MeshPort port = new MeshPort(nodes, node, HOST + '/' + (isLead ? PEER : LEAD), ChannelSpec.Mode.PROXY,
            path -> path.kind() == ChannelPath.Kind.PROXY, site.job());
        return new NotedPort(port, "host in the peer's thread");
    }
}
