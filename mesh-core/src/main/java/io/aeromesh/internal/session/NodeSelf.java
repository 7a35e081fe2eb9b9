package io.aeromesh.internal.session;

import io.aeromesh.protocol.NodeIds;

/**
 * Who this node is, for packets.
 *
 * @param id           of the node.
 * @param name         of the node.
 * @param nameUtf8     encoded.
 * @param instanceHigh upper half of the instance.
 * @param instanceLow  lower half of the instance.
 */
public record NodeSelf(long id, String name, byte[] nameUtf8, long instanceHigh, long instanceLow)
{
    /**
     * Encodes the name.
     */
    public static NodeSelf of(final long id, final String name, final long instanceHigh, final long instanceLow)
    {
        return new NodeSelf(id, name, NodeIds.utf8(name), instanceHigh, instanceLow);
    }
}
