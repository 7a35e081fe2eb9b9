package io.aeromesh;

import io.aeromesh.protocol.NodeIds;

/**
 * The edges between a host and its contexts: rings in shared memory, small, as there are many and direct channels do
 * not use them.
 */
final class ContextEdges
{
    private static final String LENGTHS = "|data-length=32768|control-length=32768";

    private ContextEdges()
    {
    }

    /**
     * Where a host lets contexts attach.
     */
    static String listening(final MeshConfig mesh, final String host, final int contextsMax)
    {
        return link(mesh, host) + "?name=contexts|side=listen|peers-max=" + contextsMax + LENGTHS;
    }

    /**
     * By which a context is attached.
     */
    static String connecting(final MeshConfig mesh, final String host)
    {
        return link(mesh, host) + "?name=host|side=connect" + LENGTHS;
    }

    /**
     * Of this host alone: contexts of another one, that has ended, look for that one.
     */
    private static String link(final MeshConfig mesh, final String host)
    {
        return String.format("shm:contexts-%016x", NodeIds.idOf(mesh.meshName()) * 31 + NodeIds.idOf(host));
    }
}
