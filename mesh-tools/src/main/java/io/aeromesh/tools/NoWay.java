package io.aeromesh.tools;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.os.StatusFiles;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.watch.NodeSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says why a command finds nobody, as far as its node can know, and what the user can do.
 */
final class NoWay
{
    private static final int NAMED_MAX = 8;

    private final MeshNode node;
    private final VisitorOptions options;
    private final String lastError;

    /**
     * @param lastError that the node has told of; empty: none.
     */
    NoWay(final MeshNode node, final VisitorOptions options, final String lastError)
    {
        this.node = node;
        this.options = options;
        this.lastError = lastError;
    }

    /**
     * Why there is no way to a node. One line, as the others.
     */
    String to(final String destination)
    {
        return isJoined() ? knownNodes() + ". See that '" + NodeIds.nodeOf(destination) +
            "' runs and has an edge into this mesh: mesh topology shows who has; or wait longer with --timeout" +
            (node.edges().stream().allMatch(NoWay::isUp) ? "" : ". Here " + edges() + trouble()) :
            toAnybody();
    }

    /**
     * Who is known; or why nobody is.
     */
    String known()
    {
        return isJoined() ? knownNodes() : toAnybody();
    }

    /**
     * Why there is no neighbour, or none that answers.
     */
    String toAnybody()
    {
        if (isJoined())
        {
            return edges() + ". Who is there gets no core now, or is stopped: see mesh stat, and try again" + trouble();
        }
        return (NodeIds.isContext(node.name()) ? host(NodeIds.nodeOf(node.name())) : edges() +
            ". See that the node at its other end runs, and has that edge: mesh node --name NAME --edge URI") +
            trouble();
    }

    boolean isJoined()
    {
        return node.edges().stream().anyMatch(NoWay::isUp);
    }

    private static boolean isUp(final EdgeStatus edge)
    {
        return edge.state() == EdgeStatus.State.UP;
    }

    private String edges()
    {
        return node.edges().stream().map(edge -> "edge " + edge.name() + " is " + edge.state())
            .collect(Collectors.joining("; "));
    }

    /**
     * It may be of another edge, or be over: so it stands last.
     */
    private String trouble()
    {
        return lastError.isEmpty() ? "" : ". Last error: " + lastError;
    }

    private String knownNodes()
    {
        final List<String> known = node.routes().stream().filter(route -> !route.nextHop().isEmpty())
            .map(route -> "'" + route.destination() + "'").sorted().toList();
        return "known nodes: " + known.stream().limit(NAMED_MAX).collect(Collectors.joining(", ")) +
            (known.size() > NAMED_MAX ? " and " + (known.size() - NAMED_MAX) + " more" : "");
    }

    /**
     * The host's lock is the kernel's word that its process lives; it tells of itself in the same directory, which is
     * not to be read where it is another user's.
     */
    private String host(final String host)
    {
        if (lastError.contains(ErrorCode.PLACE_FULL.name()))
        {
            return "host '" + host + "' has as many contexts as it takes: end one, or start it with more: mesh host " +
                "--name " + host + " --contexts N";
        }
        final Optional<NodeSnapshot> found = options.lookAtHost().stream()
            .filter(any -> any.state() == StatusFiles.State.ALIVE && any.name().equals(host) &&
                any.mesh().equals(options.place().mesh()))
            .findFirst();
        if (found.isEmpty())
        {
            return "host '" + host +
                "' does not answer, and nothing here tells that it lives: it has ended, is stopped, " +
                "or gets no core. See to it as its user, or start it again: mesh host --name " + host;
        }
        final long process = found.get().processId();
        return "host '" + host + "' (process " + process + ") holds its lock but does not answer: it is stopped, or " +
            "gets no core. Let it go on, as with: kill -CONT " + process +
            "; or end it, and start it again: mesh host " +
            "--name " + host;
    }
}
