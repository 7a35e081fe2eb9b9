package io.aeromesh.internal.node;

import io.aeromesh.internal.routing.Route;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The windows of those that broadcast from behind one route: of its node, and of the node's contexts. Agent thread.
 */
final class BroadcastWindows
{
    private static final int INSTANCES_MAX = 256;

    private final BroadcastWindow ofNode = new BroadcastWindow();
    /** By instance, as nobody here is told of another one of a context. Null as long as none was heard. */
    private Long2ObjectHashMap<BroadcastWindow> ofContexts;

    /**
     * Notes a broadcast.
     *
     * @return whether it is new.
     */
    boolean isNew(final Route route, final long sourceId, final long instance, final int sequence)
    {
        if (sourceId == route.destinationId())
        {
            ofNode.instance(route.instanceHigh(), route.instanceLow());
            return ofNode.isNew(sequence);
        }
        return ofContext(instance).isNew(sequence);
    }

    private BroadcastWindow ofContext(final long instance)
    {
        if (ofContexts == null)
        {
            ofContexts = new Long2ObjectHashMap<>();
        }
        BroadcastWindow window = ofContexts.get(instance);
        if (window == null)
        {
            if (ofContexts.size() >= INSTANCES_MAX)
            {
                ofContexts.clear(); // a repetition is passed on once more then, and dropped by the ends
            }
            window = new BroadcastWindow();
            ofContexts.put(instance, window);
        }
        return window;
    }
}
