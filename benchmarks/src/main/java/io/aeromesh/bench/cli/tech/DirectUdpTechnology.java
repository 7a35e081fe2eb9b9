package io.aeromesh.bench.cli.tech;

import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import java.util.List;

/**
 * A channel of the mesh between nodes that share no memory, along a direct stream over UDP. They find each other by an
 * edge that carries none of the messages.
 */
final class DirectUdpTechnology extends PortTechnology
{
    private static final String LEAD = "lead";
    private static final String PEER = "peer";
    private static final int SMALL = 1024;
    /** Room for the longest packet of a session, with the frame's header. */
    private static final int MTU_LARGE = 8 * 1024 + 32;

    @Override
    public List<String> variants(final Job job)
    {
        return job.size() > SMALL ? List.of("every=1 mtu=" + MTU_LARGE, "every=1") : List.of("every=1", "every=8");
    }

    @Override
    Port openPort(final Site site)
    {
        final MeshNodes nodes = new MeshNodes(site, site.variant().get("every", 1));
        final String other = site.isLead() ? PEER : LEAD;
        final String meeting = site.job().mode() == Mode.THREADS ? "inproc:link?peer=" : "shm:link?peer=";
        final String place = "aeron:udp?direct=127.0.0.1:" + Site.freeUdpPort() + "|mtu=" +
            site.variant().get("mtu", 0);
        final MeshNode node =
            nodes.launch(site.isLead() ? LEAD : PEER, config -> config.sharing(), meeting + other, place);
        return new MeshPort(nodes, node, other, ChannelSpec.Mode.AUTO,
            path -> path.kind() == ChannelPath.Kind.DIRECT_UDP, site.job());
    }
}
