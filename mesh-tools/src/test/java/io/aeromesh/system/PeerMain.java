package io.aeromesh.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A process with one node that consumes what comes by a channel, prints the position behind each message before it
 * counts as consumed. Ends with its first line of input.
 * <p>
 * Arguments: base directory, own name, peer's name, edge.
 */
final class PeerMain
{
    private PeerMain()
    {
    }

    public static void main(final String[] args) throws IOException
    {
        final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
        final ChannelListener listener = new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel channel, final SessionReport report)
            {
                out.println("ended " + report);
            }
        };
        try (MeshNode node = MeshNode.launch(
            NodeConfig.named(args[1]).baseDirectory(Path.of(args[0])).edge(args[3]).sharing().invoked()))
        {
            final Channel channel = node.open(ChannelSpec.to(args[2]).named("talk").listener(listener));
            final IdleStrategy idle = new BackoffIdleStrategy();
            while (System.in.available() == 0)
            {
                final int work = node.doWork();
                idle.idle(work +
                    channel.poll((buffer, offset, length, origin) -> out.println("consumed " + origin.position()), 10));
            }
        }
    }
}
