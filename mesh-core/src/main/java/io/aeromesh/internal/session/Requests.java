package io.aeromesh.internal.session;

import io.aeromesh.ChannelRequest;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.status.OccupancyVisitor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Requests of other nodes for channels that are not open here, and who listens for them. A request is kept until the
 * channel is opened, its end is closed or its node goes, so that a listener may come later than the request; each
 * attempt of the peer, known by its fresh end id, is told to each listener once. That a context has died nobody tells
 * who has no session with it: so ends are asked for when the way to them has changed, as it has then. Agent thread.
 */
final class Requests
{
    private final int limit;
    private final Asker asker;
    private final Map<ChannelKey, Request> requests = new LinkedHashMap<>();
    private final List<RequestQueue> listeners = new ArrayList<>();
    private final List<Untold> untold = new ArrayList<>();

    private final List<ChannelKey> asks = new ArrayList<>();

    /**
     * Asks whether an end is still there.
     */
    @FunctionalInterface
    interface Asker
    {
        /**
         * @return false when there is no room now.
         */
        boolean ask(long peerId, long endId);
    }

    private record Request(long endId, ChannelRequest request)
    {
    }

    private record Untold(RequestQueue listener, ChannelRequest request)
    {
    }

    Requests(final int limit, final Asker asker)
    {
        this.limit = limit;
        this.asker = asker;
    }

    void listen(final RequestQueue listener)
    {
        listeners.add(listener);
        requests.values().forEach(request -> tell(listener, request.request()));
    }

    /**
     * Whether somebody listens for it now.
     */
    boolean isWanted(final ChannelRequest request)
    {
        return listeners.stream().anyMatch(listener -> !listener.isClosed() && listener.wants(request));
    }

    /**
     * Notes a request.
     *
     * @return false when the table is full.
     */
    boolean add(final ChannelKey key, final long endId, final ChannelRequest request)
    {
        final Request known = requests.get(key);
        if (known != null && known.endId() == endId)
        {
            return true;
        }
        if (known == null && requests.size() >= limit)
        {
            return false;
        }
        remove(key);
        requests.put(key, new Request(endId, request));
        listeners.forEach(listener -> tell(listener, request));
        return true;
    }

    void remove(final ChannelKey key)
    {
        final Request known = requests.remove(key);
        if (known != null)
        {
            untold.removeIf(waiting -> Objects.equals(waiting.request(), known.request()));
            asks.remove(key);
        }
    }

    /**
     * That end is closed or dead.
     */
    void removeEnd(final long peerId, final long endId)
    {
        if (!requests.isEmpty())
        {
            List.copyOf(requests.keySet()).stream()
                .filter(key -> key.peerId() == peerId && requests.get(key).endId() == endId).forEach(this::remove);
        }
    }

    /**
     * The way to a node is another: its ends, and those of its contexts, are asked for.
     */
    void onPathChanged(final long nodeId)
    {
        for (final ChannelKey key : requests.keySet())
        {
            final boolean isThere = key.peerId() == nodeId || NodeIds.nodeOf(key.peerId()) == nodeId;
            if (isThere && !asks.contains(key))
            {
                asks.add(key);
            }
        }
    }

    void removePeer(final long peerId)
    {
        List.copyOf(requests.keySet()).stream().filter(key -> key.peerId() == peerId).forEach(this::remove);
    }

    void occupancy(final OccupancyVisitor visitor)
    {
        visitor.onTable("requests", requests.size(), limit);
        visitor.onTable("untold requests", untold.size(), limit * Math.max(1, listeners.size()));
    }

    /**
     * Tells what found no room before, and asks.
     */
    int doWork()
    {
        if (!listeners.isEmpty())
        {
            listeners.removeIf(RequestQueue::isClosed);
        }
        if (untold.isEmpty() && asks.isEmpty())
        {
            return 0;
        }
        final int before = untold.size() + asks.size();
        untold.removeIf(waiting -> waiting.listener().isClosed() || waiting.listener().tell(waiting.request()));
        asks.removeIf(key -> asker.ask(key.peerId(), requests.get(key).endId()));
        return before - untold.size() - asks.size();
    }

    private void tell(final RequestQueue listener, final ChannelRequest request)
    {
        // as there is at most one entry for each kept request and listener, this list is bounded too
        if (listener.wants(request) && !listener.tell(request) &&
            untold.stream().noneMatch(waiting -> waiting.listener() == listener && waiting.request().equals(request)))
        {
            untold.add(new Untold(listener, request));
        }
    }
}
