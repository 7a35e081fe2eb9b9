package io.aeromesh.examples;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;

/**
 * A picture goes to another node, is changed there, and comes back, without being moved.
 */
final class HandOver
{
    private static final int CYCLES_MAX = 1_000_000;

    private HandOver()
    {
    }

    static long run()
    {
        final Lease taken = new Lease();
        final Lease back = new Lease();
        // guide:begin
        try (MeshNode camera = MeshNode.launch(NodeConfig.named("camera").edge("inproc:cv?peer=viewer").invoked());
            MeshNode viewer = MeshNode.launch(NodeConfig.named("viewer").edge("inproc:cv?peer=camera").invoked());
            Channel out = camera.open(ChannelSpec.to("viewer").named("pictures"));
            Channel in = viewer.open(ChannelSpec.to("camera").named("pictures")))
        {
            final Lease picture = camera.leases().acquire(1 << 20); // 1 MiB
            picture.buffer().putLong(0, 42);
            for (int cycle = 0; !back.isHeld() && cycle < CYCLES_MAX; cycle++)
            {
                camera.doWork();
                viewer.doWork();
                if (picture.isHeld())
                {
                    out.transfer(picture); // > 0: it holds nothing any more; else try again
                }
                in.poll((buffer, offset, length, origin) -> origin.take(taken), 1);
                if (taken.isHeld())
                {
                    taken.buffer().putLong(8, 43); // the viewer's now, to be changed
                    in.transfer(taken); // sent back, or on to another node
                }
                out.poll((buffer, offset, length, origin) -> origin.take(back), 1);
            }
            final long seen = back.buffer().getLong(8);
            back.release(); // free for the next picture
            return seen;
        }
        // guide:end
    }
}
