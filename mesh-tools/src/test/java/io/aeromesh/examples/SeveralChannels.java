package io.aeromesh.examples;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.NodeConfig;
import io.aeromesh.Poller;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sleeps until a message comes on any of several channels, as the guide shows it.
 */
final class SeveralChannels
{
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);

    private SeveralChannels()
    {
    }

    /**
     * @return messages that came.
     */
    static int run() throws InterruptedException
    {
        try (
            MeshNode desk = MeshNode.launch(NodeConfig.named("desk").edge("inproc:dr?peer=risk").threaded(Idle.PARKED));
            MeshNode risk = MeshNode.launch(NodeConfig.named("risk").edge("inproc:dr?peer=desk").threaded(Idle.PARKED)))
        {
            final Thread sender = new Thread(() -> send(risk), "sender");
            sender.start();
            final int count = await(desk, (buffer, offset, length, origin) ->
            {});
            sender.join();
            return count;
        }
    }

    private static int await(final MeshNode node, final MessageHandler handler)
    {
        // guide:begin
        final Poller poller = node.poller(Idle.PARKED)
            .add(node.open(ChannelSpec.to("risk").named("orders").parkable(true)))
            .add(node.open(BroadcastSpec.named("news").parkable(true)));
        final int count = poller.await(handler, 64, TimeUnit.SECONDS.toNanos(10)); // or poller.poll(handler, 64)
        // guide:end
        return count;
    }

    private static void send(final MeshNode node)
    {
        final Channel channel = node.open(ChannelSpec.to("desk").named("orders"));
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);
        final long startNs = System.nanoTime();
        while (channel.offer(message) < 0 && System.nanoTime() - startNs < DEADLINE_NS)
        {
            Thread.yield();
        }
    }
}
