package io.aeromesh.bench;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.NodeConfig;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Nodes in a row with a proxy channel from the first to the last, all on one thread with the application: what is sent
 * is forwarded, delivered and acknowledged end to end before a batch is over.
 * <p>
 * <b>Threading:</b> one thread.
 */
public final class ProxyChain implements AutoCloseable
{
    private static final int CYCLES_MAX = 1_000_000;

    private final MeshNode[] nodes;
    private final UnsafeBuffer message;
    private final int size;
    private final Channel from;
    private final Channel to;
    private long received;
    private final MessageHandler handler;

    /**
     * @param relays        between the two ends.
     * @param size          of a message in bytes, 8 at least.
     * @param baseDirectory of the nodes.
     */
    public ProxyChain(final int relays, final int size, final Path baseDirectory)
    {
        this.size = size;
        message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, 64));
        handler = (buffer, offset, length, origin) -> onMessage(buffer.getLong(offset), length);
        nodes = new MeshNode[relays + 2];
        for (int i = 0; i < nodes.length; i++)
        {
            NodeConfig config = NodeConfig.named(name(i)).baseDirectory(baseDirectory).invoked();
            if (i > 0)
            {
                config = config.edge("inproc:" + name(i));
            }
            if (i < nodes.length - 1)
            {
                config = config.edge("inproc:" + name(i + 1));
            }
            nodes[i] = MeshNode.launch(config);
        }
        from = nodes[0].open(spec(nodes.length - 1));
        to = nodes[nodes.length - 1].open(spec(0));
        connect();
    }

    private static String name(final int index)
    {
        return "chain-" + ProcessHandle.current().pid() + "-" + index;
    }

    /** A node that closes is the only one that still runs, so nothing would drain. */
    private static ChannelSpec spec(final int peer)
    {
        return ChannelSpec.to(name(peer)).named("bench").mode(ChannelSpec.Mode.PROXY)
            .closeDrainNs(0);
    }

    private void connect()
    {
        for (int i = 0; i < CYCLES_MAX; i++)
        {
            if (from.state() == ChannelState.CONNECTED && to.state() == ChannelState.CONNECTED)
            {
                return;
            }
            doWork();
            from.poll(handler, 1);
            to.poll(handler, 1);
        }
        throw new IllegalStateException("no channel after " + CYCLES_MAX + " cycles: " + from.state() + ", " +
            to.state() + ", " + nodes[0].routes());
    }

    private void onMessage(final long value, final int length)
    {
        if (value != received || length != size)
        {
            throw new IllegalStateException("expected message " + received + " of " + size + " bytes, got " + value +
                " of " + length + " bytes");
        }
        received++;
    }

    private void doWork()
    {
        for (final MeshNode node : nodes)
        {
            node.doWork();
        }
    }

    /**
     * Sends, forwards, delivers, acknowledges.
     *
     * @param count of messages.
     * @param burst messages that are sent before the nodes are run once.
     * @return messages received so far.
     */
    public long send(final long count, final int burst)
    {
        long value = received;
        final long end = value + count;
        while (value < end || from.acknowledgedPosition() != from.acceptedPosition())
        {
            for (int i = 0; i < burst && value < end; i++)
            {
                message.putLong(0, value);
                if (from.offer(message, 0, size) < 0)
                {
                    break;
                }
                value++;
            }
            doWork();
            to.poll(handler, burst);
        }
        return received;
    }

    @Override
    public void close()
    {
        for (final MeshNode node : nodes)
        {
            node.close();
        }
    }
}
