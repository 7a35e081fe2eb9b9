package io.aeromesh.tools.stream;

import io.aeromesh.MeshNode;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;

/**
 * Whether there is still something to wait for.
 */
final class Running
{
    private Running()
    {
    }

    /**
     * Refuses to wait for what a node that has stopped by itself never does.
     *
     * @throws MeshException NODE_CLOSED.
     */
    static void require(final MeshNode node)
    {
        if (!node.isRunning())
        {
            throw new MeshException(ErrorCode.NODE_CLOSED, "node '" + node.name() + "' has stopped");
        }
    }
}
