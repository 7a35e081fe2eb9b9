package io.aeromesh.inproc;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Regions of the nodes of one process, by the names under which they can be attached, and the nodes that live.
 * <p>
 * <b>Threading:</b> any thread; its own lock, taken for set-up only.
 */
final class InprocRegions
{
    /** A node of a mesh. */
    record Node(String meshName, String nodeName)
    {
    }

    /** One start of a node. */
    record Instance(long high, long low)
    {
    }

    private record Key(Node node, long id)
    {
    }

    private final Map<Key, ByteBuffer> regions = new HashMap<>();
    private final Map<Node, Instance> alive = new HashMap<>();
    private final Set<Map.Entry<Node, Instance>> lingering = new HashSet<>();
    private long token;

    /**
     * The same for all, drawn by the first.
     */
    synchronized long token(final long drawn)
    {
        if (0 == token)
        {
            token = 0 == drawn ? 1 : drawn;
        }
        return token;
    }

    /**
     * Lets a node live.
     *
     * @return whether it did not yet.
     */
    synchronized boolean begin(final Node node, final Instance instance)
    {
        return null == alive.putIfAbsent(node, instance);
    }

    synchronized void end(final Node node)
    {
        alive.remove(node);
    }

    /**
     * Begins or ends an instance's looking alive while its node is closed.
     */
    synchronized void linger(final Node node, final Instance instance, final boolean begins)
    {
        if (begins)
        {
            lingering.add(Map.entry(node, instance));
        }
        else
        {
            lingering.remove(Map.entry(node, instance));
        }
    }

    synchronized boolean isAlive(final Node node, final Instance instance)
    {
        return instance.equals(alive.get(node)) || lingering.contains(Map.entry(node, instance));
    }

    /**
     * The instance that lives, or null.
     */
    synchronized Instance alive(final Node node)
    {
        return alive.get(node);
    }

    /**
     * Names memory.
     *
     * @return whether the name was free.
     */
    synchronized boolean add(final Node node, final long id, final ByteBuffer memory)
    {
        return null == regions.putIfAbsent(new Key(node, id), memory);
    }

    synchronized ByteBuffer find(final Node node, final long id)
    {
        return regions.get(new Key(node, id));
    }

    synchronized void remove(final Node node, final long id)
    {
        regions.remove(new Key(node, id));
    }

    synchronized void removeAll(final Node node)
    {
        regions.keySet().removeIf(key -> key.node.equals(node));
    }
}
