package io.aeromesh.sim.load;

import io.aeromesh.Channel;
import io.aeromesh.Lease;
import io.aeromesh.MessageOrigin;
import io.aeromesh.MessageSink;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.check.EndLedger;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * The leases that one application holds: one that it is about to send, and those that it took.
 */
final class Blocks
{
    private static final int TAKEN_MAX = 3;

    private final Stage stage;
    private final String nodeName;
    private final SplittableRandom random;
    private final ArrayDeque<Lease> taken = new ArrayDeque<>();
    private Lease own = new Lease();

    Blocks(final Stage stage, final String nodeName, final SplittableRandom random)
    {
        this.stage = stage;
        this.nodeName = nodeName;
        this.random = random;
    }

    /**
     * The node that held them is no more.
     */
    void onNodeEnded()
    {
        own = new Lease();
        taken.clear();
    }

    /**
     * Sends a lease: one that came, or a new one.
     *
     * @return what {@code transfer} does.
     */
    long send(final Channel channel, final EndLedger ledger, final int length)
    {
        if (!taken.isEmpty() && random.nextInt(3) == 0)
        {
            final Lease lease = taken.poll();
            final long position = transfer(channel, ledger, lease);
            if (position < 0)
            {
                taken.addFirst(lease);
            }
            return position;
        }
        if (!own.isHeld() && !acquire(length))
        {
            return MessageSink.BACK_PRESSURED;
        }
        return transfer(channel, ledger, own);
    }

    private boolean acquire(final int length)
    {
        try
        {
            if (stage.node(nodeName).leases().tryAcquire(Math.max(Long.BYTES, length), own) < 0)
            {
                return false;
            }
        }
        catch (final MeshException ex)
        {
            return false; // the memory that the arena would grow by is refused
        }
        stage.leases().acquired(nodeName, own);
        return true;
    }

    private long transfer(final Channel channel, final EndLedger ledger, final Lease lease)
    {
        final int length = lease.length();
        stage.leases().letGo(nodeName, lease);
        ledger.write(lease.buffer(), 0, length);
        long position = MessageSink.NOT_CONNECTED;
        try
        {
            position = channel.transfer(lease);
        }
        catch (final MeshException ex)
        {
            stage.log().accept(nodeName, "no way for a lease: " + ex.getMessage());
        }
        if (position > 0)
        {
            ledger.accepted(length, position);
        }
        else
        {
            stage.leases().acquired(nodeName, lease);
        }
        return position;
    }

    /**
     * A message is a lease: keeps it or not.
     */
    void received(final MessageOrigin origin)
    {
        if (taken.size() < TAKEN_MAX && random.nextBoolean())
        {
            final Lease lease = new Lease();
            origin.take(lease);
            stage.leases().taken(nodeName, lease);
            taken.add(lease);
        }
    }

    /**
     * Releases some.
     */
    void release(final int count)
    {
        for (int i = 0; i < count && !taken.isEmpty(); i++)
        {
            release(taken.poll());
        }
    }

    /**
     * Releases all.
     */
    void releaseAll()
    {
        release(taken.size());
        if (own.isHeld())
        {
            release(own);
        }
    }

    private void release(final Lease lease)
    {
        stage.leases().letGo(nodeName, lease);
        lease.release();
    }
}
