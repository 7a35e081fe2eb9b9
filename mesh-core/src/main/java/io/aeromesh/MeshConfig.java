package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;

/**
 * What all nodes of one mesh must agree on; its hash is part of each edge's handshake.
 *
 * @param meshName tells meshes apart: nodes of different meshes refuse each other.
 * @param hopLimit hops after which a packet is discarded, a second defence against loops.
 */
public record MeshConfig(String meshName, int hopLimit)
{
    /** The mesh named {@code default}, 64 hops. */
    public static final MeshConfig DEFAULT = new MeshConfig("default", 64);

    /**
     * Validates.
     */
    public MeshConfig
    {
        if (meshName.isEmpty())
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "meshName is empty, need one such as 'default'");
        }
        NodeIds.validate(meshName);
        if (hopLimit < 1 || hopLimit > 255)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need 1 <= hopLimit <= 255: hopLimit=" + hopLimit);
        }
    }

    /**
     * Identifies this configuration.
     */
    public long hash()
    {
        return NodeIds.idOf(meshName) * 31 + hopLimit;
    }
}
