package io.aeromesh.bench.cli.tech;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageSink;
import java.util.function.Predicate;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * One end of a channel of the mesh, as a user opens it.
 */
final class MeshPort implements Port
{
    private static final int MESSAGES_MAX = 256;

    private final MeshNodes nodes;
    private final Channel channel;
    private final Arrival arrival;
    private final MessageClaim claim = new MessageClaim();
    private Receiver receiver;
    private final MessageHandler handler = (buffer, offset, length, origin) -> onMessage(buffer, offset, length);

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
        channel = node.open(ChannelSpec.to(peer).named("bench").mode(mode).windowLength(window(job))
            .closeDrainNs(0));
        arrival = new Arrival(channel, wanted);
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
        if (!Arrival.isNudge(length))
        {
            receiver.onMessage(buffer, offset, length);
        }
    }

    @Override
    public boolean connected()
    {
        nodes.work();
        return arrival.isThere(handler);
    }

    @Override
    public boolean send(final Message message, final long number)
    {
        if (channel.tryClaim(message.length(), claim) < 0)
        {
            requireOpen();
            return false;
        }
        message.writeTo(claim.buffer(), claim.offset(), number);
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
    public int workEvery()
    {
        return nodes.every();
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
