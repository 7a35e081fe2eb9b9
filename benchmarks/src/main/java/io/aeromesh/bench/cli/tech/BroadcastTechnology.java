package io.aeromesh.bench.cli.tech;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import io.aeromesh.bench.cli.measure.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broadcast channel of the mesh: the source has an edge to each member, and the peer's thread runs all members.
 */
final class BroadcastTechnology extends PortTechnology
{
    private static final String SOURCE = "source";

    @Override
    public List<String> variants(final Job job)
    {
        return List.of("every=64", "every=256");
    }

    private static String edge(final Site site, final int member, final String peer)
    {
        return (site.job().mode() == Mode.THREADS ? "inproc:m" : "shm:m") + member + "?peer=" + peer;
    }

    @Override
    Port openPort(final Site site)
    {
        final int members = site.job().fanout();
        final String[] edges = new String[members];
        for (int i = 0; i < members; i++)
        {
            edges[i] = edge(site, i, "member" + i);
        }
        final MeshNodes nodes = new MeshNodes(site, site.variant().get("every", 64));
        return new BroadcastPort(nodes, nodes.launch(SOURCE, edges), members);
    }

    @Override
    List<Port> openReceivers(final Site site)
    {
        final List<Port> ports = new ArrayList<>();
        for (int i = 0; i < site.job().fanout(); i++)
        {
            final MeshNodes nodes = new MeshNodes(site, 1);
            ports.add(new BroadcastPort(nodes, nodes.launch("member" + i, edge(site, i, SOURCE)), 1));
        }
        return ports;
    }

    /** One member, or the source. */
    private static final class BroadcastPort implements Port
    {
        private static final int MESSAGES_MAX = 256;
        private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(5);

        private final MeshNodes nodes;
        private final BroadcastChannel channel;
        private final int othersAwaited;
        private final long startNs = System.nanoTime();
        private final MessageClaim claim = new MessageClaim();
        private Receiver receiver;
        private final MessageHandler handler =
            (buffer, offset, length, origin) -> receiver.onMessage(buffer, offset, length);

        BroadcastPort(final MeshNodes nodes, final MeshNode node, final int othersAwaited)
        {
            this.nodes = nodes;
            this.othersAwaited = othersAwaited;
            channel = node.open(BroadcastSpec.named("bench").slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE));
        }

        @Override
        public boolean connected()
        {
            nodes.work();
            channel.poll(handler, 1);
            if (channel.members().size() >= othersAwaited)
            {
                return true;
            }
            if (System.nanoTime() - startNs > BOUND_NS)
            {
                throw new Unavailable("awaited " + othersAwaited + " members for " +
                    TimeUnit.NANOSECONDS.toSeconds(BOUND_NS) + " s, found " + channel.members());
            }
            return false;
        }

        @Override
        public boolean send(final Message message, final long number)
        {
            if (channel.tryClaim(message.length(), claim) < 0)
            {
                return false;
            }
            message.writeTo(claim.buffer(), claim.offset(), number);
            claim.commit();
            return true;
        }

        @Override
        public void poll(final Receiver to)
        {
            receiver = to;
            channel.poll(handler, MESSAGES_MAX);
            nodes.poll();
        }

        @Override
        public int workEvery()
        {
            return nodes.every();
        }

        @Override
        public void work()
        {
            nodes.work();
        }

        @Override
        public String config()
        {
            return "the slowest holds the source back";
        }

        @Override
        public void close()
        {
            nodes.close();
        }
    }
}
