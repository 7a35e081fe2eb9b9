package io.aeromesh.tools;

import io.aeromesh.Idle;
import io.aeromesh.NodeConfig;
import io.aeromesh.PeersConfig;
import io.aeromesh.aeron.AeronPlaceEdgeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.option.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What every command needs that runs a node which others rely on.
 */
final class NodeOptions
{
    @Option(names = "--name", required = true, paramLabel = "NAME", converter = Names.Plain.class,
        description = "Name of the node, unique in the mesh.")
    private String name;

    @Option(names = "--edge", paramLabel = "URI",
        description = "Edge to a neighbour, or with direct= the place where other nodes reach this one; may be given " +
            "several times. Quote it: it may hold | and ?.")
    private List<String> edges = new ArrayList<>();

    @Option(names = "--idle", paramLabel = "IDLE",
        description = "What its thread does while there is nothing to do, from the quickest that takes a whole core " +
            "to the one that takes next to nothing: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Idle idle = Idle.BACK_OFF;

    @Option(names = "--peers", paramLabel = "DIR",
        description = "Keep the places of other nodes in this directory, which survives restarts: the node then " +
            "comes back without being told where to join. For a node with a place, listen= or join=. " +
            "Default: not kept.")
    private Path peers = PeersConfig.DEFAULT.directory();

    @Option(names = "--active", paramLabel = "N", converter = Bounds.Neighbours.class,
        description = "Neighbours that a node with a place looks for by itself. Default: ${DEFAULT-VALUE}.")
    private int active = PeersConfig.DEFAULT.active();

    @Mixin
    private PlaceOptions place;

    /**
     * The configuration without a listener, threaded.
     *
     * @throws MeshException saying which part is bad.
     */
    NodeConfig config()
    {
        final NodeConfig config = place.config(name, edges).threaded(idle)
            .peers(PeersConfig.DEFAULT.active(active).kept(peers));
        if (config.peers().isKept() && config.edges().stream().noneMatch(AeronPlaceEdgeConfig.class::isInstance))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "--peers=" + peers +
                " keeps the places of others, which only a node with one meets: need --edge with listen= or join=");
        }
        return config;
    }
}
