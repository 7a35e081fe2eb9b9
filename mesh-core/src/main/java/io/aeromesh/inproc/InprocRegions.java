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

    private record Key(Node node, long id)
    {
    }

    private final Map<Key, ByteBuffer> regions = new HashMap<>();
    private final Set<Node> alive = new HashSet<>();
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
    synchronized boolean begin(final Node node)
    {
        return alive.add(node);
    }

    synchronized void end(final Node node)
    {
        alive.remove(node);
    }

    synchronized boolean isAlive(final Node node)
    {
        return alive.contains(node);
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
