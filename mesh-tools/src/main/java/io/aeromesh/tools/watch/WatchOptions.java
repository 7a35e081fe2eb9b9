package io.aeromesh.tools.watch;

import io.aeromesh.NodeConfig;
import io.aeromesh.tools.look.MeshDirectory;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * Before the first look, which asks it too.
     *
     * @throws io.aeromesh.error.MeshException when no node can be seen there.
     */
    void requireDirectory()
    {
        if (!isDirectoryKnown)
        {
            MeshDirectory.require(directory);
            isDirectoryKnown = true;
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
            found.unreadable().forEach(error -> err().println(spec.qualifiedName() + ": " + error.getMessage()));
            err().flush();
        }
        return found.nodes().stream().filter(any -> node == null || any.name().equals(node)).toList();
    }

    /**
     * Whether a file could not be read.
     */
    boolean isAnyUnreadable()
    {
        return isUnreadableTold;
    }

    /**
     * Says that there is no such node.
     */
    void tellNone()
    {
        err().println(spec.qualifiedName() + ": no node" + (node == null ? "" : " '" + node + "'") + " in '" +
            directory + "'. Is it running as this user, and with this directory? Else: --dir DIR");
        err().flush();
    }

    private PrintWriter err()
    {
        return spec.commandLine().getErr();
    }
}
