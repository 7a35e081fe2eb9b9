package io.aeromesh.examples;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two contexts of one host talk to each other, as the guide shows it.
 */
final class OneNodePerMachine
{
    private static int received;

    private OneNodePerMachine()
    {
    }

    /**
     * @return what came.
     */
    static int run()
    {
        received = 0;
        final MeshNode host = MeshNode.launch(NodeConfig.named("alpha").hosting());
        try
        {
            talk();
        }
        finally
        {
            host.close();
        }
        return received;
    }

    private static void talk()
    {
        // guide:begin
        try (MeshNode pricer = MeshNode.attach(NodeConfig.named("pricer")); // each in a process of its own
            MeshNode risk = MeshNode.attach(NodeConfig.named("risk"));
            Channel out = pricer.open(ChannelSpec.to("alpha/risk").named("orders"));
            Channel in = risk.open(ChannelSpec.to("alpha/pricer").named("orders")))
        {
            final UnsafeBuffer order = new UnsafeBuffer(new byte[Integer.BYTES]);
            order.putInt(0, 100);
            boolean accepted = false;
            while (in.poll((buffer, offset, length, origin) -> received = buffer.getInt(offset), 1) == 0)
            {
                accepted = accepted || out.offer(order) >= 0;
            }
        }
        // guide:end
    }
}
