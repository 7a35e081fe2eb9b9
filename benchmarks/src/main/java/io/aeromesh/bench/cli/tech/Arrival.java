package io.aeromesh.bench.cli.tech;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelState;
import io.aeromesh.MessageHandler;
import io.aeromesh.bench.cli.measure.Unavailable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Waits until a channel of the mesh is connected by the path that is to be measured. A channel changes its way with a
 * message, so some very short ones, shorter than any that is measured, are sent until then.
 * <p>
 * <b>Threading:</b> the thread of the channel's end.
 */
final class Arrival
{
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int NUDGE_LENGTH = 1;
    private static final int LOOKS_PER_NUDGE = 64;

    private final Channel channel;
    private final Predicate<ChannelPath> wanted;
    private final long startNs = System.nanoTime();
    private final UnsafeBuffer nudge = new UnsafeBuffer(new byte[NUDGE_LENGTH]);
    private int looks;

    Arrival(final Channel channel, final Predicate<ChannelPath> wanted)
    {
        this.channel = channel;
        this.wanted = wanted;
    }

    /**
     * Whether a message is one of those that are not measured.
     */
    static boolean isNudge(final int length)
    {
        return length <= NUDGE_LENGTH;
    }

    /**
     * One look, whenever the channel's node has been run.
     *
     * @param handler of messages that may come meanwhile.
     * @throws Unavailable saying why it has not come about in time.
     */
    boolean isThere(final MessageHandler handler)
    {
        channel.poll(handler, 1);
        final boolean connected = channel.state() == ChannelState.CONNECTED;
        final ChannelPath path = channel.path();
        if (connected && wanted.test(path))
        {
            return true;
        }
        if (connected && ++looks % LOOKS_PER_NUDGE == 0)
        {
            channel.offer(nudge);
        }
        if (System.nanoTime() - startNs > BOUND_NS)
        {
            throw new Unavailable("the channel did not become what is to be measured in " +
                TimeUnit.NANOSECONDS.toSeconds(BOUND_NS) + " s: state " + channel.state() + ", path " + path.kind() +
                ", because " + path.reason());
        }
        return false;
    }
}
