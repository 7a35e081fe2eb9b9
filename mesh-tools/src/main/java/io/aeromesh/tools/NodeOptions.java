package io.aeromesh.tools;

import io.aeromesh.NodeConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What every command needs that runs a node which others rely on.
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

    @Mixin
    private PlaceOptions place;

    /**
     * The configuration without a listener, threaded.
     *
     * @throws io.aeromesh.error.MeshException saying which part is bad.
     */
    NodeConfig config()
    {
        return place.config(name, edges);
    }
}
