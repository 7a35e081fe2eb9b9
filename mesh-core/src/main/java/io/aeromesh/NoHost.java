package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.GrantedDirectory;
import java.nio.file.Path;

/**
 * Says that there is no host to attach to, and how the one that is meant is started: at the same place, by its user.
 */
final class NoHost
{
    private NoHost()
    {
    }

    static MeshException here(final NodeConfig config)
    {
        final String mesh = config.mesh().meshName();
        final Path directory = config.baseDirectory();
        return new MeshException(ErrorCode.NO_HOST, "no host runs in '" + directory + "' for mesh '" + mesh +
            "': start one, as with: " + command(directory, NodeConfig.baseDirectoryOf(config.os().userName()), mesh));
    }

    static MeshException ofUser(final NodeConfig config, final String user, final Path directory)
    {
        final String mesh = config.mesh().meshName();
        return new MeshException(ErrorCode.NO_HOST, "user '" + user + "' has no host in '" + directory +
            "' for mesh '" + mesh + "' that grants other users: '" + GrantedDirectory.of(directory) +
            "' names none. That user starts one, as with: " +
            command(directory, NodeConfig.baseDirectoryOf(user), mesh) + " --grant " + config.os().userName());
    }

    private static String command(final Path directory, final Path usual, final String mesh)
    {
        return "mesh host --name NAME" + (directory.equals(usual) ? "" : " --dir '" + directory + "'") +
            (mesh.equals(MeshConfig.DEFAULT.meshName()) ? "" : " --mesh '" + mesh + "'");
    }
}
