package io.aeromesh.tools.watch;

import io.aeromesh.NodeConfig;
import io.aeromesh.error.MeshException;
import io.aeromesh.tools.look.MeshDirectory;
import io.aeromesh.tools.look.Shown;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Which nodes are looked at.
 */
final class WatchOptions
{
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NODE", description = "Name of a node. Default: all.")
    private String node;

    @Option(names = "--dir", paramLabel = "DIR",
        description = "Directory where the processes of this host meet. Default: ${DEFAULT-VALUE}.")
    private Path directory = NodeConfig.defaultBaseDirectory();

    private boolean isUnreadableTold;
    private boolean isDirectoryKnown;
    private boolean isAmiss;

    /**
     * Before the first look, which asks it too. What makes the directory doubtful is said on standard error, once.
     *
     * @throws io.aeromesh.error.MeshException when no node can be seen there.
     */
    void requireDirectory()
    {
        if (!isDirectoryKnown)
        {
            MeshDirectory.require(directory);
            isDirectoryKnown = true;
            MeshDirectory.openToOthers(directory).ifPresent(this::tell);
        }
    }

    /**
     * Reads the nodes; says once on standard error what can not be read.
     *
     * @throws io.aeromesh.error.MeshException when the directory can not be read.
     */
    List<NodeSnapshot> look()
    {
        requireDirectory();
        final NodeWatch.Nodes found = NodeWatch.read(directory);
        if (!isUnreadableTold && !found.unreadable().isEmpty())
        {
            isUnreadableTold = true;
            found.unreadable().forEach(this::tell);
        }
        return found.nodes().stream().filter(any -> node == null || any.name().equals(node)).toList();
    }

    /**
     * Whether a file could not be read, or the directory is doubtful.
     */
    boolean isAmiss()
    {
        return isAmiss;
    }

    /**
     * Says on standard error that the directory is another user's, where it is: nodes of that one may be seen.
     */
    void tellOwner()
    {
        MeshDirectory.ofAnotherUser(directory).ifPresent(this::tell);
    }

    private void tell(final MeshException error)
    {
        isAmiss = true;
        err().println(spec.qualifiedName() + ": " + error.getMessage());
        err().flush();
    }

    /**
     * Whether one node is looked at, and not all.
     */
    boolean isOfOne()
    {
        return node != null;
    }

    /**
     * Says that there is no such node, and which there are.
     */
    void tellNone()
    {
        tellOwner();
        final Set<String> others =
            NodeWatch.read(directory).nodes().stream().map(NodeSnapshot::name).collect(Collectors.toSet());
        err().println(spec.qualifiedName() + ": no node" + (isOfOne() ? " '" + node + "'" : "") + " in '" +
            directory + "'" + (others.isEmpty() ? "" : ", there are: " + Shown.names(others)) +
            ". Is it running as this user, and with this directory? Else: --dir DIR");
        err().flush();
    }

    private PrintWriter err()
    {
        return spec.commandLine().getErr();
    }
}
