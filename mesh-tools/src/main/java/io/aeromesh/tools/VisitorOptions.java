package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.tools.option.Names;
import io.aeromesh.tools.process.FreeName;
import io.aeromesh.watch.NodeSnapshot;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How a command takes part in the mesh for itself: as a context of this machine's host, or as a node with edges of its
 * own.
 */
final class VisitorOptions
{
    private static final String STEM = "visitor";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME", converter = Names.Plain.class,
        description = "Name under which others know this command. Default: the first that is free of visitor-1, " +
            "visitor-2 and so on.")
    private String name = "";

    @Option(names = "--edge", paramLabel = "URI",
        description = {
            "Join as a node of its own by this edge, such as", // lines of their own, as help breaks lines at a colon
            "'shm:visit?peer=gateway' where gateway has",
            "--edge 'shm:visit'; may be given several times.",
            "Default: attach to the host that runs here, see mesh host."})
    private List<String> edges = new ArrayList<>();

    @Option(names = "--host-user", paramLabel = "USER", converter = Names.User.class,
        description = "Attach to the host of another user, by name or uid, who has granted this one: mesh host " +
            "--grant. Then --dir is the directory of that host, by default that user's.")
    private String hostUser = "";

    @Mixin
    private PlaceOptions place;

    /**
     * Joins. This is the one place where such nodes are made.
     *
     * @throws ParameterException when a name on the command line can not be.
     * @throws MeshException      saying why else that can not be.
     */
    MeshNode join(final NodeListener listener, final Threading threading)
    {
        if (edges.isEmpty() && name.indexOf(NodeIds.USER_SEPARATOR) >= 0)
        {
            throw new ParameterException(spec.commandLine(), "--name: '" + name + "' has a '" +
                NodeIds.USER_SEPARATOR + "', need a name without it, as names of other users' contexts have one");
        }
        if (!hostUser.isEmpty())
        {
            Names.requireOtherUser(spec, "--host-user", hostUser);
        }
        return name.isEmpty() ? FreeName.of(STEM, free -> join(free, listener, threading)) :
            join(name, listener, threading);
    }

    /**
     * What the nodes of this user tell now, that of this command among them.
     */
    List<NodeSnapshot> look()
    {
        return hostUser.isEmpty() ? place.look() : PlaceOptions.look(NodeConfig.defaultBaseDirectory());
    }

    /**
     * What the nodes of the directory tell in which the host is; nothing where it is another user's, who lets nobody
     * read it.
     */
    List<NodeSnapshot> lookAtHost()
    {
        return hostUser.isEmpty() ? place.look() : List.of();
    }

    /**
     * What is typed, by the user of the host, to have it back.
     */
    String hostCommand(final String host)
    {
        return place.hostCommand(host) +
            (hostUser.isEmpty() ? "" : " --grant " + MeshOs.system().userName());
    }

    boolean hasOneEdge()
    {
        return edges.size() <= 1; // or that to the host
    }

    /**
     * Which mesh, and where on this host.
     */
    PlaceOptions place()
    {
        return place;
    }

    private MeshNode join(final String as, final NodeListener listener, final Threading threading)
    {
        final NodeConfig threaded = place.config(as, edges).listener(listener);
        final NodeConfig config = threading == Threading.INVOKED ? threaded.invoked() : threaded;
        if (!hostUser.isEmpty())
        {
            return attachToOther(config);
        }
        return edges.isEmpty() ? MeshNode.attach(config) : MeshNode.launch(config);
    }

    /**
     * What is this user's own stays in its own directory.
     */
    private MeshNode attachToOther(final NodeConfig config)
    {
        if (!edges.isEmpty())
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "--host-user " + hostUser + " and --edge " + edges.get(0) +
                ": a context has no edges of its own; leave one of them out");
        }
        return MeshNode.attach(
            config.baseDirectory(NodeConfig.defaultBaseDirectory()), hostUser, place.directoryOf(hostUser));
    }
}
