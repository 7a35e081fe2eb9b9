package io.aeromesh.tools;

import io.aeromesh.MeshConfig;
import io.aeromesh.NodeConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.tools.option.Names;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Which mesh, and where its processes on this host meet.
 */
final class PlaceOptions
{
    @Option(names = "--mesh", paramLabel = "NAME", converter = Names.Mesh.class,
        description = "Name of the mesh. Default: ${DEFAULT-VALUE}.")
    private String mesh = MeshConfig.DEFAULT.meshName();

    @Option(names = "--dir", paramLabel = "DIR",
        description = "Directory where the processes of this host meet. Default: ${DEFAULT-VALUE}.")
    private Path directory = NodeConfig.defaultBaseDirectory();

    /**
     * Where the host of another user is: as said, else where that user's processes meet by default.
     */
    Path directoryOf(final String user)
    {
        return directory.equals(NodeConfig.defaultBaseDirectory()) ? NodeConfig.baseDirectoryOf(user) : directory;
    }

    /**
     * A configuration without a listener, threaded.
     *
     * @throws io.aeromesh.error.MeshException saying which part is bad.
     */
    NodeConfig config(final String name, final List<String> edges)
    {
        NodeConfig config = NodeConfig.named(name)
            .mesh(new MeshConfig(mesh, MeshConfig.DEFAULT.hopLimit()))
            .baseDirectory(directory);
        for (final String edge : edges)
        {
            config = config.edge(edge);
        }
        return config;
    }

    String mesh()
    {
        return mesh;
    }

    /**
     * What is typed to have a host of that name there. A directory that is not the user's own is named, also where a
     * property of this process made it the default.
     */
    String hostCommand(final String name)
    {
        return "mesh host --name " + name +
            (directory.equals(NodeConfig.baseDirectoryOf(MeshOs.system().userName())) ? "" :
                " --dir '" + directory + "'") +
            (mesh.equals(MeshConfig.DEFAULT.meshName()) ? "" : " --mesh '" + mesh + "'");
    }

    /**
     * What the nodes that meet there tell now.
     *
     * @throws io.aeromesh.error.MeshException when the directory can not be read.
     */
    List<NodeSnapshot> look()
    {
        return look(directory);
    }

    static List<NodeSnapshot> look(final Path at)
    {
        return NodeWatch.read(at).nodes();
    }
}
