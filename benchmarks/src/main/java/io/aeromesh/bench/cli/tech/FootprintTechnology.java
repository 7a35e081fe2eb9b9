package io.aeromesh.bench.cli.tech;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.bench.cli.measure.Actor;
import io.aeromesh.bench.cli.measure.Unavailable;
import java.util.ArrayList;
import java.util.List;

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

    private static final int COUNT = 8;
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

        Survey(final Thing thing, final Site site)
        {
            nodes = new MeshNodes(site, thing == Thing.NODE ? 0 : 1);
            config = switch (thing)
            {
                case NODE -> nodes(site);
                case EDGE -> edges(site);
                case CHANNEL -> channels(site);
            };
        }

        private String nodes(final Site site)
        {
            nodes.launch("first");
            return compare(site, "a node with its thread", () ->
            {
                for (int i = 0; i < COUNT; i++)
                {
                    nodes.launch("n" + i);
                }
            });
        }

        private String edges(final Site site)
        {
            final MeshNode a = nodes.launch("a", "shm:first?peer=b");
            final MeshNode b = nodes.launch("b", "shm:first?peer=a");
            runUntilEdges(a, b, 1);
            return compare(site, "an shm edge with both ends", () ->
            {
                for (int i = 0; i < COUNT; i++)
                {
                    a.addEdge("shm:link" + i + "?peer=b");
                    b.addEdge("shm:link" + i + "?peer=a");
                }
                runUntilEdges(a, b, COUNT + 1);
            });
        }

        private String channels(final Site site)
        {
            final MeshNode a = nodes.launch("a", "shm:link?peer=b");
            final MeshNode b = nodes.launch("b", "shm:link?peer=a");
            final List<Channel> all = new ArrayList<>();
            open(a, b, "first", all);
            final String text = compare(site, "a channel with both ends", () ->
            {
                for (int i = 0; i < COUNT; i++)
                {
                    open(a, b, "c" + i, all);
                }
            });
            return text + ", path " + all.get(0).path().kind();
        }

        private void open(final MeshNode a, final MeshNode b, final String name, final List<Channel> all)
        {
            all.add(a.open(ChannelSpec.to("b").named(name)));
            all.add(b.open(ChannelSpec.to("a").named(name)));
            for (int i = 0; i < CYCLES_MAX; i++)
            {
                nodes.work();
                if (all.stream().allMatch(channel -> channel.state() == ChannelState.CONNECTED))
                {
                    return;
                }
            }
            throw new Unavailable("channel '" + name + "' did not connect in " + CYCLES_MAX + " cycles");
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

        private static String compare(final Site site, final String what, final Runnable adding)
        {
            // the first look itself leaves something behind
            Holdings.take(site.directory());
            final Holdings before = Holdings.take(site.directory());
            adding.run();
            return what + ": " + Holdings.take(site.directory()).less(before, COUNT);
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
