package io.aeromesh.internal.session;

import io.aeromesh.protocol.NodeIds;
import java.util.function.LongPredicate;
import org.agrona.collections.LongHashSet;

/**
 * Nodes that are not known here and of which something was dropped: those that asked for a channel before a route to
 * them was known, and those that were forgotten with what they were to be told. They are asked to try again when they
 * are known. Bounded: when there are too many all are given up, and every node is asked when its route comes or changes
 * next. Agent thread.
 */
final class UnmetSources
{
    private static final int LIMIT = 1024;

    private final LongHashSet ids = new LongHashSet();
    private int givenUp;

    void add(final long id)
    {
        if (ids.size() >= LIMIT)
        {
            ids.clear();
            givenUp++;
        }
        ids.add(id);
    }

    /**
     * Whether a node that is known is to be asked, now and not again.
     */
    boolean remove(final Destination known)
    {
        final boolean isUnseen = known.takeUnseen(givenUp);
        return ids.remove(known.id()) || isUnseen;
    }

    /**
     * Those that go by the route of a node.
     *
     * @param onContext whether it was asked; else there was no room for it, and it stays.
     */
    void removeContextsOf(final long nodeId, final LongPredicate onContext)
    {
        ids.removeIf(id -> NodeIds.isContext(id) && NodeIds.nodeOf(id) == nodeId && onContext.test(id));
    }
}
