package io.aeromesh.bench.cli.tech;

import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.bench.cli.measure.Actor;
import io.aeromesh.bench.cli.measure.Footprint;
import io.aeromesh.bench.cli.measure.Unavailable;

/**
 * What a node, an edge or a channel takes beside those that are there already: the difference that {@value #COUNT} of
 * them make, by {@value #COUNT}. Both ends are in this process, so what is shared is counted once, and what each end
 * has for itself twice.
 */
final class FootprintTechnology implements Technology
{
    /** What is counted. */
    enum Thing
    {
        /** Without an edge, with a thread of its own. */
        NODE,
        /** Over shared memory, with both of its ends. */
        EDGE,
        /** With both of its ends, over such an edge. */
        CHANNEL
    }

    private static final int COUNT = 64;
    private static final MessageHandler NOTHING = (buffer, offset, length, origin) ->
    {};
    private static final int CYCLES_MAX = 10_000_000;

    private final Thing thing;

    FootprintTechnology(final Thing thing)
    {
        this.thing = thing;
    }

    @Override
    public Actor open(final Site site)
    {
        return site.isLead() ? new Survey(thing, site) : new IdlePeer();
    }

    /** Takes stock, adds things, takes stock. */
    private static final class Survey implements Actor
    {
        private final MeshNodes nodes;
        private final String config;
        private final Footprint footprint;

        Survey(final Thing thing, final Site site)
        {
            nodes = new MeshNodes(site, thing == Thing.NODE ? 0 : 1);
            config = switch (thing)
            {
                case NODE -> "a node with its thread";
                case EDGE -> "an shm edge with both ends";
                case CHANNEL -> "a direct channel with both ends";
            };
            footprint = switch (thing)
            {
                case NODE -> nodes(site);
                case EDGE -> edges(site);
                case CHANNEL -> channels(site);
            };
        }

        private Footprint nodes(final Site site)
        {
            nodes.launch("first");
            return compare(site, () ->
            {
                for (int i = 0; i < COUNT; i++)
                {
                    nodes.launch("n" + i);
                }
            });
        }

        private Footprint edges(final Site site)
        {
            final MeshNode a = nodes.launch("a", "shm:first?peer=b");
            final MeshNode b = nodes.launch("b", "shm:first?peer=a");
            runUntilEdges(a, b, 1);
            return compare(site, () ->
            {
                for (int i = 0; i < COUNT; i++)
                {
                    a.addEdge("shm:link" + i + "?peer=b");
                    b.addEdge("shm:link" + i + "?peer=a");
                }
                runUntilEdges(a, b, COUNT + 1);
            });
        }

        private Footprint channels(final Site site)
        {
            final MeshNode a = nodes.launch("a", "shm:link?peer=b");
            final MeshNode b = nodes.launch("b", "shm:link?peer=a");
            open(a, b, "first");
            return compare(site, () ->
            {
                for (int i = 0; i < COUNT; i++)
                {
                    open(a, b, "c" + i);
                }
            });
        }

        private void open(final MeshNode a, final MeshNode b, final String name)
        {
            final Arrival atA = new Arrival(a.open(ChannelSpec.to("b").named(name)), ChannelPath::isDirect);
            final Arrival atB = new Arrival(b.open(ChannelSpec.to("a").named(name)), ChannelPath::isDirect);
            boolean isAThere = false;
            boolean isBThere = false;
            while (!isAThere || !isBThere)
            {
                nodes.work();
                isAThere = isAThere || atA.isThere(NOTHING);
                isBThere = isBThere || atB.isThere(NOTHING);
            }
        }

        private void runUntilEdges(final MeshNode a, final MeshNode b, final int count)
        {
            for (int i = 0; i < CYCLES_MAX; i++)
            {
                nodes.work();
                if (up(a) == count && up(b) == count)
                {
                    return;
                }
            }
            throw new Unavailable(count + " edges were not up in " + CYCLES_MAX + " cycles: " + a.edges());
        }

        private static long up(final MeshNode node)
        {
            return node.edges().stream().filter(edge -> edge.state() == EdgeStatus.State.UP).count();
        }

        private static Footprint compare(final Site site, final Runnable adding)
        {
            // the first look itself leaves something behind
            Holdings.take(site.directory());
            final Holdings before = Holdings.take(site.directory());
            adding.run();
            return Holdings.take(site.directory()).less(before, COUNT);
        }

        @Override
        public Footprint footprint()
        {
            return footprint;
        }

        @Override
        public long run(final long count)
        {
            return 0;
        }

        @Override
        public String config()
        {
            return config;
        }

        @Override
        public void close()
        {
            nodes.close();
        }
    }
}
