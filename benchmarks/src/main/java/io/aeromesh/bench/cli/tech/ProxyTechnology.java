package io.aeromesh.bench.cli.tech;

import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.bench.cli.measure.Actor;
import java.util.List;

/**
 * A proxy channel through relays: {@code lead – r1 – … – peer}. The relays run in the peer's thread, joined in its
 * process, and only the first edge crosses from core to core: with two cores a thread more would only wait for its
 * turn. Each poll runs all nodes of the end.
 */
final class ProxyTechnology implements Technology
{
    private static final String LEAD = "lead";
    private static final String PEER = "peer";

    private final int relays;
    private final Ports ports = new Ports();

    ProxyTechnology(final int relays)
    {
        this.relays = relays;
    }

    @Override
    public List<String> variants(final Job job)
    {
        return switch (job.benchCase())
        {
            case PROXY -> List.of("burst=256", "burst=64");
            case THROUGHPUT -> List.of("every=256", "every=64");
            default -> List.of("every=1");
        };
    }

    @Override
    public Actor open(final Site site)
    {
        if (site.job().benchCase() != Case.PROXY)
        {
            return ports.open(site);
        }
        return site.isLead() ? new ProxyBursts(relays, site) : new IdlePeer();
    }

    /** Where the ends are on two cores. */
    private final class Ports extends PortTechnology
    {
        @Override
        Port openPort(final Site site)
        {
            final boolean lead = site.isLead();
            final MeshNodes nodes = new MeshNodes(site, lead ? site.variant().get("every", 1) : 1);
            final String crossing = site.job().mode() == Mode.THREADS ? "inproc:x" : "shm:x";
            MeshNode node = null;
            if (lead)
            {
                node = nodes.launch(LEAD, crossing + "?peer=r1");
            }
            else
            {
                for (int i = 1; i <= relays; i++)
                {
                    final String back = i == 1 ? crossing + "?peer=lead" : "inproc:i" + i + "?peer=r" + (i - 1);
                    final String on = "inproc:i" + (i + 1) + "?peer=" + (i == relays ? PEER : "r" + (i + 1));
                    nodes.launch("r" + i, back, on);
                }
                node = nodes.launch(PEER, "inproc:i" + (relays + 1) + "?peer=r" + relays);
            }
            final MeshPort port = new MeshPort(nodes, node, lead ? PEER : LEAD, ChannelSpec.Mode.PROXY,
                path -> path.kind() == ChannelPath.Kind.PROXY, site.job());
            return new NotedPort(port, relays + " relays in the peer's thread");
        }
    }
}
