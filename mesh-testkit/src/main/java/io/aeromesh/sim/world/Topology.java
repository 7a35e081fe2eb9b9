package io.aeromesh.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How the nodes of a world are linked.
 */
public enum Topology
{
    /** One after the other. */
    LINE
    {
        @Override
        List<int[]> links(final int nodes, final SplittableRandom random)
        {
            final List<int[]> links = new ArrayList<>();
            for (int i = 1; i < nodes; i++)
            {
                links.add(new int[] {i - 1, i});
            }
            return links;
        }
    },
    /** A line whose ends are linked. */
    RING
    {
        @Override
        List<int[]> links(final int nodes, final SplittableRandom random)
        {
            final List<int[]> links = LINE.links(nodes, random);
            if (nodes > 2)
            {
                links.add(new int[] {nodes - 1, 0});
            }
            return links;
        }
    },
    /** All linked to the first. */
    STAR
    {
        @Override
        List<int[]> links(final int nodes, final SplittableRandom random)
        {
            final List<int[]> links = new ArrayList<>();
            for (int i = 1; i < nodes; i++)
            {
                links.add(new int[] {0, i});
            }
            return links;
        }
    },
    /** Each linked to one before it. */
    TREE
    {
        @Override
        List<int[]> links(final int nodes, final SplittableRandom random)
        {
            final List<int[]> links = new ArrayList<>();
            for (int i = 1; i < nodes; i++)
            {
                links.add(new int[] {random.nextInt(i), i});
            }
            return links;
        }
    },
    /** Rows and columns. */
    GRID
    {
        @Override
        List<int[]> links(final int nodes, final SplittableRandom random)
        {
            final List<int[]> links = new ArrayList<>();
            final int columns = (int)Math.ceil(Math.sqrt(nodes));
            for (int i = 1; i < nodes; i++)
            {
                if (i % columns != 0)
                {
                    links.add(new int[] {i - 1, i});
                }
                if (i >= columns)
                {
                    links.add(new int[] {i - columns, i});
                }
            }
            return links;
        }
    },
    /** A tree with as many links again, some of them beside others. */
    RANDOM
    {
        @Override
        List<int[]> links(final int nodes, final SplittableRandom random)
        {
            final List<int[]> links = TREE.links(nodes, random);
            for (int i = random.nextInt(nodes + 1); i > 0; i--)
            {
                final int left = random.nextInt(nodes);
                final int right = random.nextInt(nodes);
                if (left != right)
                {
                    links.add(new int[] {left, right});
                }
            }
            return links;
        }
    },
    /** Each linked to all; for more than twelve nodes some of the links. */
    COMPLETE
    {
        @Override
        List<int[]> links(final int nodes, final SplittableRandom random)
        {
            final List<int[]> links = new ArrayList<>();
            for (int i = 0; i < nodes; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    if (nodes <= COMPLETE_MAX || j == i - 1 || random.nextInt(nodes) < COMPLETE_MAX / 2)
                    {
                        links.add(new int[] {j, i});
                    }
                }
            }
            return links;
        }
    };

    private static final int COMPLETE_MAX = 12;

    /**
     * Pairs of nodes; connected.
     */
    abstract List<int[]> links(int nodes, SplittableRandom random);
}
