package io.aeromesh.sim;

import io.aeromesh.inproc.InprocNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What the links of one simulation have in common.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
final class SimNetwork
{
    private final InprocNetwork links = new InprocNetwork();
    private final List<SimMedium> media = new ArrayList<>();
    private final Map<String, List<SimMedium>> mediaByNode = new HashMap<>();
    private final SimClock clock;
    private final SplittableRandom random;
    private PacketWatch watch;
    private EdgeWrap wrap = EdgeWrap.NONE;

    SimNetwork(final SimClock clock, final SplittableRandom random)
    {
        this.clock = clock;
        this.random = random;
    }

    InprocNetwork links()
    {
        return links;
    }

    /**
     * Made so far, of all nodes that live.
     */
    List<SimMedium> media()
    {
        return media;
    }

    /**
     * Those of one node.
     */
    List<SimMedium> media(final String nodeName)
    {
        return mediaByNode.getOrDefault(nodeName, List.of());
    }

    void add(final SimMedium medium)
    {
        media.add(medium);
        mediaByNode.computeIfAbsent(medium.nodeName(), name -> new ArrayList<>()).add(medium);
    }

    void remove(final Predicate<SimMedium> which)
    {
        media.removeIf(which);
        mediaByNode.values().forEach(list -> list.removeIf(which));
    }

    SimClock clock()
    {
        return clock;
    }

    LinkShape newShape()
    {
        return new LinkShape(random.split());
    }

    /**
     * Null: packets go through as the rings have them, without a copy, and shapes have no delay.
     */
    PacketWatch watch()
    {
        return watch;
    }

    void watch(final PacketWatch newWatch)
    {
        watch = newWatch;
    }

    EdgeWrap wrap()
    {
        return wrap;
    }

    void wrap(final EdgeWrap newWrap)
    {
        wrap = newWrap;
    }
}
