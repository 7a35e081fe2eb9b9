package io.aeromesh.examples;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two nodes, one edge, one channel, offer and poll: the lines of the README between the markers.
 */
final class TwoNodes
{
    private TwoNodes()
    {
    }

    static String run()
    {
        final AtomicReference<String> received = new AtomicReference<>();
        // readme:begin
        try (MeshNode gateway = MeshNode.launch(NodeConfig.named("gateway").edge("shm:link?peer=pricer"));
            MeshNode pricer = MeshNode.launch(NodeConfig.named("pricer").edge("shm:link?peer=gateway"));
            Channel orders = gateway.open(ChannelSpec.to("pricer").named("orders"));
            Channel inbox = pricer.open(ChannelSpec.to("gateway").named("orders")))
        {
            final UnsafeBuffer message = new UnsafeBuffer("buy 100".getBytes());
            while (orders.offer(message, 0, message.capacity()) < 0) Thread.onSpinWait();
            while (inbox.poll((buffer, offset, length, origin) ->
                received.set(buffer.getStringWithoutLengthAscii(offset, length)), 1) == 0) Thread.onSpinWait();
        }
        // readme:end
        return received.get();
    }
}
