package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.Poller;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends back what comes, on a node and a thread that sleep while there is nothing. As a process of its own it does so
 * until it is killed.
 */
final class ParkedEcho
{
    /** Sleeps are bounded by a minute: what is woken late is woken later than any test waits. */
    static final NodeLimits LIMITS =
        NodeLimits.DEFAULT.edgePing(TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(120));
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private ParkedEcho()
    {
    }

    /**
     * Arguments: base directory, own name, peer's name, edge.
     */
    public static void main(final String[] args)
    {
        try (MeshNode node = MeshNode.launch(NodeConfig.named(args[1]).baseDirectory(Path.of(args[0])).edge(args[3])
            .limits(LIMITS).threaded(Idle.PARKED)))
        {
            final Channel channel = node.open(ChannelSpec.to(args[2]).named("talk").parkable(true));
            run(node, channel, () -> false);
        }
    }

    static void run(final MeshNode node, final Channel channel, final BooleanSupplier isOver)
    {
        final Poller poller = node.poller(Idle.PARKED).add(channel);
        final MessageHandler handler = (buffer, offset, length, origin) ->
        {
            while (channel.offer(buffer, offset, length) < 0 && !isOver.getAsBoolean())
            {
                Thread.yield();
            }
        };
        while (!isOver.getAsBoolean())
        {
            poller.await(handler, 16, AWAIT_NS);
        }
    }
}
