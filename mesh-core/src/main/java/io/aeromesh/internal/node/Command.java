package io.aeromesh.internal.node;

import io.aeromesh.PingReport;
import io.aeromesh.Topology;
import io.aeromesh.internal.session.GroupChannel;
import io.aeromesh.internal.session.PeerChannel;
import io.aeromesh.internal.session.RequestQueue;
import io.aeromesh.spi.Medium;

/**
 * What the application asks of the agent: values, so that they can be logged and replayed.
 */
public sealed interface Command
{
    /**
     * Opens a channel to one node.
     */
    record OpenProxy(PeerChannel channel, long peerId) implements Command
    {
    }

    /**
     * Opens a broadcast channel.
     */
    record OpenGroup(GroupChannel channel) implements Command
    {
    }

    /**
     * Starts telling a listener.
     */
    record Listen(RequestQueue listener) implements Command
    {
    }

    /**
     * Begins to use an attached medium.
     */
    record AddEdge(Medium medium) implements Command
    {
    }

    /**
     * Ends an edge; the reply says when what it held is free.
     */
    record RemoveEdge(String name, PendingReply<Boolean> reply) implements Command
    {
    }

    /**
     * Measures the way to a node.
     */
    record Ping(String destination, PendingReply<PingReport> reply) implements Command
    {
    }

    /**
     * Gathers the picture of the mesh.
     */
    record Picture(PendingReply<Topology> reply) implements Command
    {
    }

    /**
     * Closes all channels, each with its own bound, then reports itself drained.
     *
     * @param closer thread that waits for it, and so is within no call of a channel.
     */
    record Drain(Thread closer) implements Command
    {
    }
}
