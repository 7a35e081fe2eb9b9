package io.aeromesh.sim.check;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.sim.PacketWatch;
import io.aeromesh.sim.SimMedium;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * {@link Rule#HOP_LIMIT}: a packet has made at least as many hops as the shortest way from its source has, over all
 * links and direct streams that there ever were.
 */
public final class HopChecker implements PacketWatch
{
    private final Findings findings;
    private final int hopLimit;
    private final Map<String, List<String>> neighbours = new HashMap<>();
    private final Long2ObjectHashMap<String> names = new Long2ObjectHashMap<>();
    private final Map<String, Map<String, Integer>> distances = new HashMap<>();

    /**
     * @param findings to report to.
     * @param hopLimit that packets begin with.
     */
    public HopChecker(final Findings findings, final int hopLimit)
    {
        this.findings = findings;
        this.hopLimit = hopLimit;
    }

    /**
     * There is a link between two nodes, now or later.
     */
    public void link(final String left, final String right)
    {
        neighbours.computeIfAbsent(left, name -> new ArrayList<>()).add(right);
        neighbours.computeIfAbsent(right, name -> new ArrayList<>()).add(left);
        names.put(NodeIds.idOf(left), left);
        names.put(NodeIds.idOf(right), right);
        distances.clear();
    }

    @Override
    public void onPacket(
        final SimMedium at, final LaneKind lane, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < PacketHeader.LENGTH || PacketHeader.type(buffer, offset) == PacketHeader.LINK)
        {
            return;
        }
        final String source = names.get(PacketHeader.sourceId(buffer, offset));
        if (source == null || source.equals(at.nodeName()))
        {
            return;
        }
        if (source.equals(at.peerName()))
        {
            if (!neighbours.get(source).contains(at.nodeName()))
            {
                link(source, at.nodeName()); // a direct stream; an Open that came by it is shown to contexts
            }
            return;
        }
        final int made = hopLimit - PacketHeader.hopLimit(buffer, offset) + 1;
        final int least = distances.computeIfAbsent(source, this::distancesFrom).getOrDefault(at.nodeName(), 0);
        if (made < least)
        {
            findings.report(Rule.HOP_LIMIT, "a packet from " + source + " has come to " + at.nodeName() + " over " +
                at.peerName() + " in " + made + " hops by its hop limit, there are at least " + least, at.nodeName(),
                at.peerName(), source);
        }
    }

    private Map<String, Integer> distancesFrom(final String source)
    {
        final Map<String, Integer> found = new HashMap<>(Map.of(source, 0));
        final ArrayDeque<String> next = new ArrayDeque<>(List.of(source));
        while (!next.isEmpty())
        {
            final String node = next.poll();
            for (final String neighbour : neighbours.get(node))
            {
                if (found.putIfAbsent(neighbour, found.get(node) + 1) == null)
                {
                    next.add(neighbour);
                }
            }
        }
        return found;
    }
}
