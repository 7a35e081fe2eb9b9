package io.aeromesh.internal.session;

import io.aeromesh.protocol.NodeIds;
import java.util.function.LongConsumer;
import org.agrona.collections.LongHashSet;

/**
 * Nodes that are not known here and of which something was dropped: those that asked for a channel before a route to
 * them was known, and those that were forgotten with what they were to be told. They are asked to try again when they
 * are known. Bounded: when there are too many, every node that is new is asked. Agent thread.
 */
final class UnmetSources
{
    private static final int LIMIT = 1024;

    private final LongHashSet ids = new LongHashSet();
    private boolean overflowed;

    void add(final long id)
    {
        if (ids.size() < LIMIT)
        {
            ids.add(id);
        }
        else
        {
            overflowed = true;
        }
    }

    boolean remove(final long id)
    {
        return ids.remove(id) || overflowed;
    }

    /**
     * Those that go by the route of a node.
     */
    void removeContextsOf(final long nodeId, final LongConsumer onContext)
    {
        ids.removeIf(id ->
        {
            final boolean isContext = NodeIds.isContext(id) && NodeIds.nodeOf(id) == nodeId;
            if (isContext)
            {
                onContext.accept(id);
            }
            return isContext;
        });
    }
}
