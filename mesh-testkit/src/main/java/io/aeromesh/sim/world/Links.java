package io.aeromesh.sim.world;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.sim.LinkShape;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.SimMesh;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The links of a world, whether their ends are attached or not.
 */
final class Links
{
    private static final int COST_MAX = 20;
    private static final int DATA_LENGTH = 16 * 1024;

    private final WorldPlan plan;
    private final SplittableRandom random;
    private final List<Link> all = new ArrayList<>();

    /**
     * A link between two nodes.
     *
     * @param name       of it, and of the edge at either end.
     * @param left       node.
     * @param right      node.
     * @param leftCost   of sending to the right; 0: measured.
     * @param rightCost  of sending to the left.
     * @param dataLength of its rings, in bytes.
     * @param ending     of its generations.
     */
    record Link(
        String name,
        String left,
        String right,
        int leftCost,
        int rightCost,
        int dataLength,
        LinkShape.Ending ending)
    {
        boolean joins(final String node)
        {
            return left.equals(node) || right.equals(node);
        }

        String peerOf(final String node)
        {
            return left.equals(node) ? right : left;
        }

        String uri(final String node)
        {
            final int cost = left.equals(node) ? leftCost : rightCost;
            return "inproc:" + name + "?name=" + name + "|peer=" + peerOf(node) + (cost == 0 ? "" : "|cost=" + cost) +
                "|data-length=" + dataLength;
        }
    }

    Links(final WorldPlan plan, final SplittableRandom random)
    {
        this.plan = plan;
        this.random = random;
        plan.topology().links(plan.nodes(), random).forEach(pair -> add(nodeName(pair[0]), nodeName(pair[1])));
        for (int i = plan.nodes(); i < plan.members(); i++)
        {
            add(NodeIds.nodeOf(plan.member(i)), plan.member(i));
        }
    }

    static String nodeName(final int index)
    {
        return "n" + index;
    }

    static boolean isLink(final String edgeName)
    {
        return edgeName.startsWith("l");
    }

    Link add(final String left, final String right)
    {
        final boolean isMeasured = plan.measured() == WorldPlan.Measured.YES;
        final int cost = 1 + random.nextInt(COST_MAX);
        final Link link = new Link("l" + all.size(), left, right, isMeasured ? 0 : cost,
            isMeasured ? 0 : random.nextInt(4) == 0 ? 1 + random.nextInt(COST_MAX) : cost,
            DATA_LENGTH << random.nextInt(3),
            random.nextBoolean() ? LinkShape.Ending.DRAINED : LinkShape.Ending.LOST);
        all.add(link);
        return link;
    }

    List<Link> all()
    {
        return all;
    }

    List<Link> of(final String node)
    {
        return all.stream().filter(link -> link.joins(node)).toList();
    }

    /**
     * Sets the delay of each end that is new, within what the plan allows; also of direct streams.
     */
    void shape(final SimMesh mesh)
    {
        for (final SimMedium medium : mesh.media())
        {
            final LinkShape shape = medium.shape();
            if (!shape.isDrawn)
            {
                final long delayNs = plan.delayNs() == 0 ? 0 : random.nextLong(plan.delayNs());
                shape.delayNs = delayNs;
                shape.jitterNs = random.nextBoolean() ? 0 : plan.delayNs() - delayNs;
                shape.ending = all.stream().filter(link -> link.name().equals(medium.edgeName()))
                    .map(Link::ending).findFirst().orElse(LinkShape.Ending.LOST);
                shape.isDrawn = true;
            }
        }
    }
}
