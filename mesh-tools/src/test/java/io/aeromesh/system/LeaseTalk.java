package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageOrigin;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/**
 * One end that sends leases of its own, and with those that it gets does whatever may be done: releases, keeps, sends
 * back, or does not take them. Each is numbered by its stream and says at its end what it says at its begin.
 */
final class LeaseTalk implements AutoCloseable
{
    private static final LeaseConfig CONFIG = new LeaseConfig(64 * 1024, 64 * 1024, 4 << 20, 1 << 20);
    private static final int LENGTH_MIN = 16;
    private static final int LENGTH_MAX = 64 * 1024;
    private static final int KEPT_MAX = 8;

    final MeshNode node;
    final Channel channel;
    final List<SessionReport> reports = new ArrayList<>();
    private final SplittableRandom random;
    private final Deque<Lease> kept = new ArrayDeque<>();
    private final Lease back = new Lease();
    private final Lease own = new Lease();
    private long received;

    LeaseTalk(final Path base, final String name, final String peer, final long seed)
    {
        random = new SplittableRandom(seed);
        node = MeshNode.launch(
            NodeConfig.named(name).baseDirectory(base).edge("shm:l?peer=" + peer).leases(CONFIG).invoked());
        channel = node.open(ChannelSpec.to(peer).named("leases").windowLength(8192).listener(new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel ended, final SessionReport report)
            {
                reports.add(report);
            }
        }));
    }

    long received()
    {
        return received;
    }

    int talk()
    {
        int work = channel.poll(this::onMessage, 16);
        if (back.isHeld())
        {
            work += channel.transfer(back) > 0 ? 1 : 0;
        }
        if (!own.isHeld())
        {
            final int length = LENGTH_MIN + random.nextInt(LENGTH_MAX - LENGTH_MIN);
            if (node.leases().tryAcquire(length, own) > 0)
            {
                final long value = random.nextLong();
                own.buffer().putLong(0, value);
                own.buffer().putLong(length - Long.BYTES, value);
            }
        }
        if (own.isHeld())
        {
            work += channel.transfer(own) > 0 ? 1 : 0;
        }
        return work;
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        if (!origin.isLease() || buffer.getLong(offset) != buffer.getLong(offset + length - Long.BYTES))
        {
            throw new AssertionError("lease " + received + " of length " + length + " is torn: " +
                buffer.getLong(offset) + ", " + buffer.getLong(offset + length - Long.BYTES));
        }
        received++;
        switch (random.nextInt(4))
        {
            case 0 ->
            {
                final Lease lease = new Lease();
                origin.take(lease);
                kept.add(lease);
                if (kept.size() > KEPT_MAX)
                {
                    kept.remove().release();
                }
            }
            case 1 ->
            {
                if (!back.isHeld())
                {
                    origin.take(back);
                    back.buffer().putLong(0, received);
                    back.buffer().putLong(length - Long.BYTES, received);
                }
            }
            default ->
                {
                }
        }
    }

    /**
     * Reads what is kept, also of a dead owner, and releases all.
     */
    void releaseAll()
    {
        if (back.isHeld())
        {
            kept.add(back);
        }
        if (own.isHeld())
        {
            own.release();
        }
        for (final Lease lease : kept)
        {
            final long first = lease.buffer().getLong(0);
            if (first != lease.buffer().getLong(lease.length() - Long.BYTES))
            {
                throw new AssertionError("a kept lease has changed");
            }
            lease.release();
        }
        kept.clear();
    }

    @Override
    public void close()
    {
        releaseAll();
        node.close();
    }
}
