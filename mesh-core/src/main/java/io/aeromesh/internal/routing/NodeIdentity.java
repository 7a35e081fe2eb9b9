package io.aeromesh.internal.routing;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;

/**
 * Who a node is.
 *
 * @param nodeId       from the name, not 0; see {@link NodeIds#idOf}.
 * @param name         unique in the mesh.
 * @param instanceHigh upper half of the random id drawn at start.
 * @param instanceLow  lower half of it.
 * @param incarnation  first half of the starting epoch, 0..2^62; should grow from start to start, but need not.
 */
public record NodeIdentity(long nodeId, String name, long instanceHigh, long instanceLow, long incarnation)
{
    /**
     * Largest incarnation.
     */
    public static final long INCARNATION_MAX = 1L << 62;

    /**
     * Checks the parts.
     */
    public NodeIdentity
    {
        NodeIds.validate(name);
        if (nodeId == NodeIds.NONE)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "nodeId=0 is reserved, name=" + name);
        }
        if (incarnation < 0 || incarnation > INCARNATION_MAX)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "incarnation=" + incarnation + ", need 0..2^62");
        }
    }
}
