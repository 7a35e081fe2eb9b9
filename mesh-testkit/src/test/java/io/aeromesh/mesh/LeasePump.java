package io.aeromesh.mesh;

import io.aeromesh.Channel;
import io.aeromesh.Lease;
import io.aeromesh.Leases;
import io.aeromesh.MessageOrigin;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends leases of random lengths, and plain messages between them, and checks at the other end that each arrives once,
 * in order and whole, whether it was handed over or copied.
 */
final class LeasePump
{
    private static final int LENGTH_MAX = 60_000;

    private final Channel from;
    private final Channel to;
    private final Leases leases;
    private final SplittableRandom random;
    private final Lease lease = new Lease();
    private final Lease taken = new Lease();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);
    private long sent;
    private long delivered;

    LeasePump(final Channel from, final Channel to, final Leases leases, final SplittableRandom random)
    {
        this.from = from;
        this.to = to;
        this.leases = leases;
        this.random = random;
    }

    /**
     * Sends up to so many.
     */
    void send(final int limit)
    {
        for (int i = 0; i < limit; i++)
        {
            if (!lease.isHeld() && random.nextInt(3) == 0)
            {
                message.putLong(0, sent);
                if (from.offer(message) < 0)
                {
                    return;
                }
                sent++;
                continue;
            }
            if (!lease.isHeld())
            {
                final int length = 16 + random.nextInt(LENGTH_MAX);
                if (leases.tryAcquire(length, lease) < 0)
                {
                    return;
                }
                lease.buffer().setMemory(0, length, (byte)sent);
                lease.buffer().putLong(0, sent);
                lease.buffer().putInt(8, length);
            }
            lease.buffer().putLong(0, sent);
            lease.buffer().setMemory(12, lease.length() - 12, (byte)sent);
            if (from.transfer(lease) < 0)
            {
                return;
            }
            sent++;
        }
    }

    void receive(final int limit)
    {
        to.poll(this::onMessage, limit);
    }

    boolean isDelivered()
    {
        return delivered == sent;
    }

    long delivered()
    {
        return delivered;
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        require(buffer.getLong(offset), delivered);
        if (origin.isLease())
        {
            require(buffer.getInt(offset + 8), length);
            for (int i = 12; i < length; i += Math.max(1, Math.min(97, length - 1 - i)))
            {
                require(buffer.getByte(offset + i), (byte)delivered);
            }
            if (random.nextBoolean())
            {
                if (taken.isHeld())
                {
                    taken.release();
                }
                origin.take(taken);
            }
        }
        else
        {
            require(length, Long.BYTES);
        }
        delivered++;
    }

    private void require(final long value, final long expected)
    {
        if (value != expected)
        {
            throw new AssertionError("message " + delivered + " of " + sent + ": " + value + " not " + expected);
        }
    }

    void close()
    {
        lease.block().releaseIfHeld();
        taken.block().releaseIfHeld();
    }
}
