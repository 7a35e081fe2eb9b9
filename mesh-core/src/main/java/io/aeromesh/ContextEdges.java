package io.aeromesh;

import io.aeromesh.os.GrantedDirectory;
import io.aeromesh.protocol.NodeIds;
import java.nio.file.Path;
import java.util.List;

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
     * Where a host lets contexts of other users attach: those that it names, each over a socket that tells the user.
     */
    static String granting(
        final MeshConfig mesh, final String host, final int contextsMax, final Path base, final List<String> users)
    {
        return link(mesh, host) + "?name=granted|side=listen|peers-max=" + contextsMax + LENGTHS +
            among(base, String.join(",", users));
    }

    /**
     * By which a context is attached to the host of another user.
     */
    static String connecting(final MeshConfig mesh, final String host, final Path base, final String user)
    {
        return connecting(mesh, host) + among(base, user);
    }

    private static String among(final Path base, final String users)
    {
        return "|users=" + users + "|dir=" + GrantedDirectory.of(base);
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
