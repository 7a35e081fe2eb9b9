package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Idle;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A context that waits for a byte of input, then attaches and sends numbered messages to all its peers, and checks
 * those that it gets, until it is killed or gets another byte. It holds a lease all the time.
 * <p>
 * Arguments: base directory, own name, milliseconds to sleep after each few messages, names of peers. It says "ready"
 * when it waits for the byte, and "up" when it is connected to all.
 */
final class ContextMain
{
    private static final int BURST = 8;

    private ContextMain()
    {
    }

    public static void main(final String[] args) throws IOException
    {
        say("ready");
        if (System.in.read() < 0)
        {
            return;
        }
        final NodeConfig config = NodeConfig.named(args[1]).baseDirectory(Path.of(args[0])).threaded(Idle.PARKED)
            .leases(new LeaseConfig(65_536, 65_536, 1 << 20, 1 << 20));
        try (MeshNode node = MeshNode.attach(config))
        {
            final List<Channel> channels = new ArrayList<>();
            final List<NumberedMessages> checkers = new ArrayList<>();
            for (int i = 3; i < args.length; i++)
            {
                channels.add(node.open(ChannelSpec.to(args[i]).named("talk").windowLength(8192)));
                checkers.add(new NumberedMessages());
            }
            final Lease held = node.leases().acquire(1024);
            talk(channels, checkers, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2])));
            held.release();
        }
    }

    private static void talk(
        final List<Channel> channels, final List<NumberedMessages> checkers, final long pauseNs) throws IOException
    {
        final UnsafeBuffer out = new UnsafeBuffer(new byte[NumberedMessages.LENGTH_MAX]);
        final long[] next = new long[channels.size()];
        boolean isUp = false;
        while (System.in.available() == 0)
        {
            boolean areAllUp = true;
            for (int i = 0; i < channels.size(); i++)
            {
                channels.get(i).poll(checkers.get(i), BURST);
                for (int j = 0; j < BURST &&
                    channels.get(i).offer(out, 0, NumberedMessages.write(out, next[i])) > 0; j++)
                {
                    next[i]++;
                }
                areAllUp &= next[i] > 0 && checkers.get(i).count() > 0;
            }
            if (areAllUp && !isUp)
            {
                isUp = true;
                say("up");
            }
            LockSupport.parkNanos(pauseNs);
        }
    }

    private static void say(final String word)
    {
        System.out.println(word);
        System.out.flush();
    }
}
