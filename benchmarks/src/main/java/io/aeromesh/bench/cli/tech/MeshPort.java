package io.aeromesh.bench.cli.tech;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageSink;
import io.aeromesh.bench.cli.measure.Unavailable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One end of a channel of the mesh, as a user opens it.
 */
final class MeshPort implements Port
{
    private static final int MESSAGES_MAX = 256;
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(5);

    /** Shorter than any message that is measured. */
    private static final int NUDGE_LENGTH = 1;
    private static final int LOOKS_PER_NUDGE = 64;

    private final MeshNodes nodes;
    private final Channel channel;
    private final Predicate<ChannelPath> wanted;
    private final boolean oneWay;
    private final long startNs = System.nanoTime();
    private final MessageClaim claim = new MessageClaim();
    private Receiver receiver;
    private final MessageHandler handler = (buffer, offset, length, origin) -> onMessage(buffer, offset, length);
    private final UnsafeBuffer nudge = new UnsafeBuffer(new byte[NUDGE_LENGTH]);
    private int looks;

    /**
     * @param nodes  of this end, whose work this port does and which it closes.
     * @param wanted path, without which nothing is measured.
     */
    MeshPort(
        final MeshNodes nodes,
        final MeshNode node,
        final String peer,
        final ChannelSpec.Mode mode,
        final Predicate<ChannelPath> wanted,
        final Job job)
    {
        this.nodes = nodes;
        this.wanted = wanted;
        oneWay = job.benchCase().isOneWay();
        channel = node.open(ChannelSpec.to(peer).named("bench").mode(mode).windowLength(window(job))
            .closeDrainNs(0));
    }

    /**
     * The default, unless the messages need more.
     */
    private static int window(final Job job)
    {
        return Math.max(ChannelSpec.WINDOW_LENGTH_DEFAULT, BitUtil.findNextPositivePowerOfTwo(4 * job.size()));
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length > NUDGE_LENGTH)
        {
            receiver.onMessage(buffer, offset, length);
        }
    }

    @Override
    public boolean connected()
    {
        nodes.work();
        channel.poll(handler, 1);
        final ChannelPath path = channel.path();
        if (channel.state() == ChannelState.CONNECTED && wanted.test(path))
        {
            return true;
        }
        if (channel.state() == ChannelState.CONNECTED && ++looks % LOOKS_PER_NUDGE == 0)
        {
            // a channel changes its way with a message
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

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length)
    {
        if (oneWay)
        {
            // elsewhere the polls for the answer do it
            nodes.poll();
        }
        if (channel.tryClaim(length, claim) < 0)
        {
            requireOpen();
            return false;
        }
        claim.buffer().putBytes(claim.offset(), buffer, offset, length);
        claim.commit();
        return true;
    }

    private void requireOpen()
    {
        if (channel.state() == ChannelState.CLOSED)
        {
            throw new IllegalStateException("channel is " + channel.state() + ", " + channel.path());
        }
    }

    @Override
    public void poll(final Receiver to)
    {
        receiver = to;
        if (channel.poll(handler, MESSAGES_MAX) == MessageSink.CLOSED)
        {
            throw new IllegalStateException("channel is closed");
        }
        nodes.poll();
    }

    @Override
    public void work()
    {
        nodes.work();
    }

    @Override
    public String config()
    {
        return "path " + channel.path().kind();
    }

    @Override
    public void close()
    {
        nodes.close();
    }
}
