package io.aeromesh.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two nodes, one edge, one channel, offer and poll: the lines of the README between the markers.
 */
final class TwoNodes
{
    private TwoNodes()
    {
    }

    /**
     * Prints the message that one node sends to the other.
     */
    public static void main(final String[] args)
    {
        // readme:begin
        try (MeshNode gateway = MeshNode.launch(NodeConfig.named("gateway").edge("shm:link?peer=pricer"));
            MeshNode pricer = MeshNode.launch(NodeConfig.named("pricer").edge("shm:link?peer=gateway")))
        {
            final Channel orders = gateway.open(ChannelSpec.to("pricer").named("orders"));
            final Channel inbox = pricer.open(ChannelSpec.to("gateway").named("orders"));
            final UnsafeBuffer message = new UnsafeBuffer("buy 100".getBytes(US_ASCII));
            boolean accepted = false;
            while (inbox.poll((buffer, offset, length, origin) -> System.out.println(
                origin.source() + " says " + buffer.getStringWithoutLengthAscii(offset, length)), 1) == 0)
            {
                accepted = accepted || orders.offer(message) >= 0; // negative: not connected yet, try again
            }
        }
        // readme:end
    }
}
