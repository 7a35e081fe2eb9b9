package io.aeromesh.examples;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Three nodes in one thread, which is also the application's: nothing runs unless this thread runs it.
 */
final class ThreeNodesOneThread
{
    private static final int CYCLES_MAX = 1_000_000;

    private int received;

    static int run(final int count)
    {
        return new ThreeNodesOneThread().exchange(count);
    }

    private int exchange(final int count)
    {
        // guide:begin
        try (MeshNode left = MeshNode.launch(NodeConfig.named("left").edge("inproc:lm?peer=middle").invoked());
            MeshNode middle = MeshNode.launch(NodeConfig.named("middle")
                .edge("inproc:lm?peer=left").edge("inproc:mr?peer=right").invoked());
            MeshNode right = MeshNode.launch(NodeConfig.named("right").edge("inproc:mr?peer=middle").invoked());
            Channel out = left.open(ChannelSpec.to("right").named("ticks"));
            Channel in = right.open(ChannelSpec.to("left").named("ticks")))
        {
            final List<MeshNode> nodes = List.of(left, middle, right);
            final UnsafeBuffer tick = new UnsafeBuffer(new byte[Integer.BYTES]);
            int sent = 0;
            for (int cycle = 0; received < count && cycle < CYCLES_MAX; cycle++)
            {
                nodes.forEach(MeshNode::doWork);
                tick.putInt(0, sent);
                if (sent < count && out.offer(tick) >= 0)
                {
                    sent++;
                }
                in.poll((buffer, offset, length, origin) -> onTick(buffer.getInt(offset)), 10);
            }
        }
        // guide:end
        return received;
    }

    private void onTick(final int tick)
    {
        if (tick != received)
        {
            throw new IllegalStateException("tick " + tick + " after " + received);
        }
        received++;
    }
}
