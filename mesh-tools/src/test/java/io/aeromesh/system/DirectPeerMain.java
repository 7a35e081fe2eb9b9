package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A process that waits for a byte of input, then checks the numbered messages that it gets and sends numbered messages
 * of its own as quickly as it can, until it is killed or gets another byte. A wrong message ends it with
 * {@link #EXIT_WRONG}.
 * <p>
 * Arguments: base directory, own name, peer's name, file for {@link PeerFigures}, edges.
 */
final class DirectPeerMain
{
    static final int EXIT_WRONG = 3;

    private DirectPeerMain()
    {
    }

    public static void main(final String[] args) throws IOException
    {
        if (System.in.read() < 0)
        {
            return;
        }
        final PeerFigures figures = PeerFigures.map(Path.of(args[3]));
        final NumberedMessages checker = new NumberedMessages();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[NumberedMessages.LENGTH_MAX]);
        NodeConfig config = NodeConfig.named(args[1]).baseDirectory(Path.of(args[0])).invoked();
        for (int i = 4; i < args.length; i++)
        {
            config = config.edge(args[i]);
        }
        try (MeshNode node = MeshNode.launch(config))
        {
            final Channel channel = node.open(ChannelSpec.to(args[2]).named("talk").windowLength(16384));
            final IdleStrategy idle = new BackoffIdleStrategy();
            long next = 0;
            while (System.in.available() == 0)
            {
                int work = node.doWork();
                for (int i = 0; i < 100; i++)
                {
                    work += channel.poll(checker, 16);
                    if (channel.offer(out, 0, NumberedMessages.write(out, next)) > 0)
                    {
                        next++;
                        figures.accepted(next, channel.path().isDirect());
                        work++;
                    }
                }
                idle.idle(work);
            }
        }
        catch (final AssertionError ex)
        {
            ex.printStackTrace();
            System.exit(EXIT_WRONG);
        }
    }
}
