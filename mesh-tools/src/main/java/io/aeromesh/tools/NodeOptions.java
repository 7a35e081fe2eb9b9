package io.aeromesh.tools;

import io.aeromesh.MeshConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.spi.TransportContext.Threading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * What every command needs that runs a node.
 */
final class NodeOptions
{
    @Option(names = "--name", required = true, paramLabel = "NAME",
        description = "Name of the node, unique in the mesh.")
    private String name;

    @Option(names = "--edge", paramLabel = "URI",
        description = "Edge to a neighbour, or with direct= the place where other nodes reach this one; may be given " +
            "several times. Quote it: it may hold | and ?.")
    private List<String> edges = new ArrayList<>();

    @Option(names = "--mesh", paramLabel = "NAME", description = "Name of the mesh. Default: ${DEFAULT-VALUE}.")
    private String mesh = MeshConfig.DEFAULT.meshName();

    @Option(names = "--dir", paramLabel = "DIR",
        description = "Directory where the processes of this host meet. Default: ${DEFAULT-VALUE}.")
    private Path directory = NodeConfig.defaultBaseDirectory();

    /**
     * The configuration without a listener, threaded.
     *
     * @throws io.aeromesh.error.MeshException saying which part is bad.
     */
    NodeConfig config()
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

    /**
     * The node of a command that takes part in the mesh for itself; this is the one place where such nodes are made.
     *
     * @throws io.aeromesh.error.MeshException saying why it can not be launched.
     */
    MeshNode launch(final NodeListener listener, final Threading threading)
    {
        final NodeConfig config = config().listener(listener);
        return MeshNode.launch(threading == Threading.INVOKED ? config.invoked() : config);
    }
}
