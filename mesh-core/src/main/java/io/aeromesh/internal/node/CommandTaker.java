package io.aeromesh.internal.node;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.peers.PeerKeeper;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.JoinableMedium;
import java.util.Queue;

/**
 * What the application asks of a node, carried out in its duty cycle, or refused once the node is closed.
 * <p>
 * <b>Threading:</b> agent thread only; any thread fills the queue.
 */
final class CommandTaker
{
    private final String name;
    private final Queue<Command> commands;
    private final Sessions sessions;
    private final Links links;
    private final Streams streams;
    private final PeerKeeper peers;
    private final Pings pings;
    private final Topologies topologies;
    private boolean isDraining;

    CommandTaker(
        final String name,
        final Queue<Command> commands,
        final Sessions sessions,
        final Links links,
        final Streams streams,
        final PeerKeeper peers,
        final Pings pings,
        final Topologies topologies)
    {
        this.name = name;
        this.commands = commands;
        this.sessions = sessions;
        this.links = links;
        this.streams = streams;
        this.peers = peers;
        this.pings = pings;
        this.topologies = topologies;
    }

    /**
     * Carries out all that wait.
     */
    int doWork(final long nowNs)
    {
        int work = 0;
        for (Command command = commands.poll(); command != null; command = commands.poll())
        {
            take(command, nowNs);
            work++;
        }
        return work;
    }

    private void take(final Command command, final long nowNs)
    {
        if (command instanceof Command.OpenProxy open)
        {
            sessions.open(open.channel(), open.peerId());
        }
        else if (command instanceof Command.OpenGroup open)
        {
            sessions.open(open.channel());
        }
        else if (command instanceof Command.Listen listen)
        {
            sessions.listen(listen.listener());
        }
        else if (command instanceof Command.AddEdge add)
        {
            links.add(add.medium());
            if (add.medium() instanceof DirectMedium place)
            {
                streams.open(place);
            }
            if (add.medium() instanceof JoinableMedium place)
            {
                peers.open(place, nowNs);
            }
        }
        else if (command instanceof Command.RemoveEdge remove)
        {
            streams.onRemoval(remove.name());
            peers.onRemoval(remove.name());
            remove.reply().complete(links.remove(remove.name()));
        }
        else if (command instanceof Command.Ping wanted)
        {
            pings.start(wanted.destination(), nowNs, wanted.reply());
        }
        else if (command instanceof Command.Picture wanted)
        {
            topologies.start(nowNs, wanted.reply());
        }
        else if (command instanceof Command.Drain drain)
        {
            sessions.requestClose(drain.closer());
            isDraining = true;
        }
    }

    /**
     * Whether the node is being closed, and its channels drain.
     */
    boolean isDraining()
    {
        return isDraining;
    }

    /**
     * The node is closed.
     */
    void dropAll()
    {
        for (Command command = commands.poll(); command != null; command = commands.poll())
        {
            drop(command);
        }
    }

    /**
     * Nobody will carry the command out: whoever waits for it is told.
     */
    private void drop(final Command command)
    {
        final MeshException closedError = new MeshException(ErrorCode.NODE_CLOSED, "node '" + name + "' is closed");
        if (command instanceof Command.AddEdge add)
        {
            add.medium().close();
        }
        else if (command instanceof Command.OpenProxy open)
        {
            open.channel().close();
        }
        else if (command instanceof Command.OpenGroup open)
        {
            open.channel().close();
        }
        else if (command instanceof Command.RemoveEdge remove)
        {
            remove.reply().fail(closedError);
        }
        else if (command instanceof Command.Ping wanted)
        {
            wanted.reply().fail(closedError);
        }
        else if (command instanceof Command.Picture wanted)
        {
            wanted.reply().fail(closedError);
        }
    }
}
