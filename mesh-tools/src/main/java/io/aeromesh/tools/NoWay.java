package io.aeromesh.tools;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.RouteStatus;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.os.StatusFiles;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.tools.look.Shown;
import io.aeromesh.tools.process.ProcessState;
import io.aeromesh.watch.NodeSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says why a command finds nobody, as far as its node can know, and what the user can do.
 */
final class NoWay
{
    private static final String LATE =
        " has not answered in this time: wait longer with --timeout; where that does not help it gets no core: see " +
            "mesh stat";

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
            toAnybody(false);
    }

    /**
     * Who is known; or why nobody is.
     */
    String known()
    {
        return isJoined() ? knownNodes() : toAnybody(false);
    }

    /**
     * Why there is no neighbour, or none that answers.
     */
    String toAnybody()
    {
        return toAnybody(isJoined());
    }

    /**
     * @param isJoined as it was looked at once: it may be just now.
     */
    private String toAnybody(final boolean isJoined)
    {
        if (NodeIds.isContext(node.name()))
        {
            return host(NodeIds.nodeOf(node.name()), isJoined) + trouble();
        }
        return edges() + (isJoined ? ". Who is there" + LATE : ". See that the node at its other end runs, and " +
            "has that edge: mesh node --name NAME --edge URI; or wait longer with --timeout") + trouble();
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
        final String all = node.edges().stream().map(edge -> "edge " + edge.name() + " is " + edge.state())
            .collect(Collectors.joining("; "));
        return all.isEmpty() ? "no edge is open yet" : all;
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
            .map(RouteStatus::destination).toList();
        return known.isEmpty() ? "no node is known yet" : "known nodes: " + Shown.names(known);
    }

    /**
     * The host's lock is the kernel's word that its process lives; it tells of itself in the same directory, which is
     * not to be read where it is another user's. Only the kernel's word that it is stopped is taken for that: whoever
     * gave it little time finds a healthy one that does not answer.
     */
    private String host(final String host, final boolean isJoined)
    {
        if (lastError.contains(ErrorCode.PLACE_FULL.name()))
        {
            return "host '" + host + "' has as many contexts as it takes: end one, or start it with more: " +
                options.hostCommand(host) + " --contexts N";
        }
        final Optional<Long> process = options.lookAtHost().stream()
            .filter(any -> any.state() == StatusFiles.State.ALIVE && any.name().equals(host) &&
                any.mesh().equals(options.place().mesh()))
            .map(NodeSnapshot::processId).findFirst();
        final String named = "host '" + host + "'" + process.map(id -> " (process " + id + ")").orElse("");
        if (process.filter(ProcessState::isStopped).isPresent())
        {
            return named + " holds its lock but does not answer: it is stopped. Let it go on, as with: kill -CONT " +
                process.get() + "; or end it, and start it again: " + options.hostCommand(host);
        }
        if (isJoined)
        {
            return edges() + ". " + named + LATE;
        }
        return named + (process.isPresent() ? LATE : " does not answer, and nothing here tells that it lives: wait " +
            "longer with --timeout, or see to it as its user; where it has ended, start it again: " +
            options.hostCommand(host));
    }
}
