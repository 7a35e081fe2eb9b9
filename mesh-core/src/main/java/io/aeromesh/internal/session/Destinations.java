package io.aeromesh.internal.session;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.protocol.NodeIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The nodes that sessions know. A context of another node goes by that node's route, and is known as soon as something
 * came from it: the routing table never tells of it.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> for what is new.
 */
final class Destinations
{
    /** Of a context that has not said its name. */
    private static final String UNNAMED = "%s/#%016x";

    private final Long2ObjectHashMap<Destination> byId = new Long2ObjectHashMap<>();
    private final int contextsMax;
    private int contexts;

    /**
     * @param contextsMax that are kept while nobody uses them.
     */
    Destinations(final int contextsMax)
    {
        this.contextsMax = contextsMax;
    }

    /**
     * The one that is known under that id, or null.
     */
    Destination get(final long id)
    {
        return byId.get(id);
    }

    /**
     * All that are known, not to be changed.
     */
    Collection<Destination> all()
    {
        return byId.values();
    }

    /**
     * The one of that id, from now on if need be.
     */
    Destination of(final long id, final String name)
    {
        Destination destination = byId.get(id);
        if (destination == null)
        {
            destination = new Destination(id, name);
            byId.put(id, destination);
            if (NodeIds.isContext(id))
            {
                contexts++;
                final Destination node = byId.get(NodeIds.nodeOf(id));
                destination.route(node == null ? null : node.route());
            }
        }
        return destination;
    }

    /**
     * Where a packet came from.
     *
     * @param isUsed for those to be forgotten when there are too many.
     * @return null when it is not known and can not be made known now.
     */
    Destination source(final long id, final Predicate<Destination> isUsed)
    {
        final Destination known = byId.get(id);
        if (known != null || !NodeIds.isContext(id))
        {
            return known;
        }
        final Destination node = byId.get(NodeIds.nodeOf(id));
        if (node == null || node.route() == null || !hasRoomForContext(isUsed))
        {
            return null;
        }
        return of(id, String.format(UNNAMED, node.name(), id));
    }

    private static boolean isNamed(final Destination context)
    {
        return !context.name().equals(String.format(UNNAMED, NodeIds.nodeOf(context.name()), context.id()));
    }

    /**
     * Where a packet came from that says the name of its source.
     *
     * @throws MeshException PROTOCOL_VIOLATION when the name is not that of the id.
     */
    Destination source(final long id, final String name, final Predicate<Destination> isUsed)
    {
        if (NodeIds.isContext(id) && NodeIds.idOf(name) != id)
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION, "source name '" + name + "' has not the id " +
                Long.toHexString(id));
        }
        final Destination source = source(id, isUsed);
        if (source != null && NodeIds.isContext(id) && !name.equals(source.name()))
        {
            if (isNamed(source) && isUsed.test(source))
            {
                throw new MeshException(ErrorCode.NODE_ID_COLLISION, "source name '" + name + "' has the id of '" +
                    source.name() + "', with which this node has to do");
            }
            source.name(name);
        }
        return source;
    }

    private boolean hasRoomForContext(final Predicate<Destination> isUsed)
    {
        if (contexts >= contextsMax)
        {
            final List<Destination> unused = new ArrayList<>(byId.values());
            unused.removeIf(each -> !NodeIds.isContext(each.id()) || each.isRouted() || isUsed.test(each));
            unused.forEach(this::remove);
        }
        return contexts < contextsMax;
    }

    void remove(final Destination destination)
    {
        if (byId.remove(destination.id()) != null && NodeIds.isContext(destination.id()))
        {
            contexts--;
        }
    }

    /**
     * Gives the contexts of a node its route, or none.
     *
     * @return these contexts.
     */
    List<Destination> route(final long nodeId, final Route route)
    {
        if (contexts == 0)
        {
            return List.of();
        }
        final List<Destination> all = new ArrayList<>(byId.values());
        all.removeIf(each -> each.id() == nodeId || NodeIds.nodeOf(each.id()) != nodeId);
        all.forEach(each -> each.route(route));
        return all;
    }
}
