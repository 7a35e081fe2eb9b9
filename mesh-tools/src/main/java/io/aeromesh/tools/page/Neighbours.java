package io.aeromesh.tools.page;

import io.aeromesh.watch.NotedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who the neighbours of a node are, by the events it notes. A node keeps its recent events only, so this one keeps what
 * they said; what was lost before the first look, or between two, is not known.
 */
final class Neighbours
{
    private static final String PEER = "peer=";

    private final Map<String, Map<String, Tie>> peersByEdge = new TreeMap<>();
    private final Map<String, Integer> metricByPeer = new HashMap<>();
    private long lastNumber;
    private boolean isWhole = true;

    /** To one neighbour by one edge. */
    private enum Tie
    {
        UP,
        SILENT
    }

    /**
     * Takes what is new.
     *
     * @param events of one instance, oldest first.
     */
    void follow(final List<NotedEvent> events)
    {
        for (final NotedEvent event : events)
        {
            if (event.number() > lastNumber)
            {
                isWhole &= event.number() == lastNumber + 1;
                lastNumber = event.number();
                take(event);
            }
        }
    }

    private void take(final NotedEvent event)
    {
        switch (event.kind())
        {
            case EDGE_UP, EDGE_ANSWERS -> tie(event, Tie.UP);
            case EDGE_SILENT -> tie(event, Tie.SILENT);
            case EDGE_DOWN -> peersByEdge.getOrDefault(event.subject(), Map.of())
                .keySet().removeIf(peer -> event.detail().startsWith(peer + ":"));
            case ROUTE ->
            {
                if (event.subject().equals(event.detail())) // not by way of others
                {
                    metricByPeer.put(event.subject(), (int)event.value());
                }
            }
            default ->
                {
                }
        }
    }

    private void tie(final NotedEvent event, final Tie tie)
    {
        peersByEdge.computeIfAbsent(event.subject(), edge -> new TreeMap<>()).put(event.detail(), tie);
    }

    /**
     * Neighbours by an edge. Where events are missing, the one that the edge's URI names, if its counters say that it
     * was ever up.
     *
     * @param edge        its name, which is its URI unless its user chose one.
     * @param generations that came up.
     */
    List<String> peers(final String edge, final long generations)
    {
        final Map<String, Tie> known = peersByEdge.get(edge);
        if (known != null || isWhole || generations == 0)
        {
            return known == null ? List.of() : new ArrayList<>(known.keySet());
        }
        for (final String parameter : edge.substring(edge.indexOf('?') + 1).split("\\|"))
        {
            if (parameter.startsWith(PEER))
            {
                return List.of(parameter.substring(PEER.length()));
            }
        }
        return List.of();
    }

    /**
     * Whether a neighbour does not answer.
     */
    boolean isSilent(final String edge, final String peer)
    {
        return peersByEdge.getOrDefault(edge, Map.of()).get(peer) == Tie.SILENT;
    }

    /**
     * Of the route to a neighbour that leads straight there, when it last did; -1: unknown.
     */
    int metric(final String peer)
    {
        return metricByPeer.getOrDefault(peer, -1);
    }

    /**
     * Whether no event was missed.
     */
    boolean isWhole()
    {
        return isWhole;
    }
}
