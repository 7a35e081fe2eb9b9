package io.aeromesh.internal.node;

import io.aeromesh.internal.routing.Route;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The windows of those that broadcast from behind one route: of its node, and of the node's contexts. Agent thread.
 */
final class BroadcastWindows
{
    private static final int STREAMS_MAX = 256;

    private final BroadcastWindow ofNode = new BroadcastWindow();
    /** By the stream, as nobody here is told of another instance of a context. Null as long as none was heard. */
    private Long2ObjectHashMap<BroadcastWindow> ofContexts;

    /**
     * Notes a broadcast.
     *
     * @return whether it is new.
     */
    boolean isNew(final Route route, final long sourceId, final long streamId, final int sequence)
    {
        if (sourceId == route.destinationId())
        {
            ofNode.instance(route.instanceHigh(), route.instanceLow());
            return ofNode.isNew(sequence);
        }
        return ofContext(streamId).isNew(sequence);
    }

    private BroadcastWindow ofContext(final long streamId)
    {
        if (ofContexts == null)
        {
            ofContexts = new Long2ObjectHashMap<>();
        }
        BroadcastWindow window = ofContexts.get(streamId);
        if (window == null)
        {
            if (ofContexts.size() >= STREAMS_MAX)
            {
                ofContexts.clear(); // a repetition is passed on once more then, and dropped by the ends
            }
            window = new BroadcastWindow();
            ofContexts.put(streamId, window);
        }
        return window;
    }
}
