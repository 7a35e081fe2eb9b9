package io.aeromesh.internal.link;

import io.aeromesh.MeshConfig;
import io.aeromesh.protocol.NodeIds;

/**
 * Who this node is, for packets.
 *
 * @param id           of the node.
 * @param name         of the node.
 * @param nameUtf8     encoded.
 * @param instanceHigh upper half of the instance.
 * @param instanceLow  lower half of the instance.
 * @param incarnation  at start.
 * @param mesh         what all nodes must agree on.
 */
public record NodeSelf(
    long id, String name, byte[] nameUtf8, long instanceHigh, long instanceLow, long incarnation, MeshConfig mesh)
{
    /**
     * Of {@link #mesh()}.
     */
    public long configHash()
    {
        return mesh.hash();
    }

    /**
     * Derives the id and encodes the name.
     */
    public static NodeSelf of(
        final String name,
        final long instanceHigh,
        final long instanceLow,
        final long incarnation,
        final MeshConfig mesh)
    {
        return new NodeSelf(NodeIds.idOf(name), name, NodeIds.utf8(name), instanceHigh, instanceLow, incarnation,
            mesh);
    }
}
