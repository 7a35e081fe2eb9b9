package io.aeromesh.sim.load;

import io.aeromesh.Lease;
import io.aeromesh.MessageOrigin;
import io.aeromesh.MessageSink;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.check.Account;
import io.aeromesh.sim.check.LeaseChecker.Holding;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * The leases that applications hold: one that they are about to send, those that they took, and those that they keep
 * though the node that they had them of is closed.
 */
final class Blocks
{
    private static final int TAKEN_MAX = 3;

    private final Stage stage;
    private final String nodeName;
    private final SplittableRandom random;
    private final AtClose atClose;
    private final ArrayDeque<Lease> taken = new ArrayDeque<>();
    /** Others may have a share of them too, so that nothing may be written there. */
    private final ArrayDeque<Lease> shares = new ArrayDeque<>();
    private final ArrayDeque<Lease> kept = new ArrayDeque<>();
    private Lease own = new Lease();

    /** What becomes of them when the node is closed. */
    enum AtClose
    {
        /** All are released before. */
        RELEASED,
        /** Some are released later. */
        KEPT
    }

    Blocks(final Stage stage, final String nodeName, final SplittableRandom random, final AtClose atClose)
    {
        this.atClose = atClose;
        this.stage = stage;
        this.nodeName = nodeName;
        this.random = random;
    }

    /**
     * The node that held them is about to be closed.
     */
    void onNodeCloses()
    {
        keep(taken, Holding.ALONE);
        keep(shares, Holding.SHARED);
        releaseHeld();
    }

    private void keep(final ArrayDeque<Lease> held, final Holding holding)
    {
        while (atClose == AtClose.KEPT && !held.isEmpty() && random.nextInt(3) != 0)
        {
            final Lease lease = held.poll();
            stage.leases().letGo(nodeName, lease);
            stage.leases().taken(keeper(), lease, holding);
            kept.add(lease);
        }
    }

    /** It lives on when the node's next instance is killed. */
    private String keeper()
    {
        return nodeName + " before";
    }

    /**
     * The node that held them is no more.
     */
    void onNodeEnded()
    {
        own = new Lease();
        taken.clear();
        shares.clear();
    }

    /**
     * Sends a lease: one that came, or a new one.
     *
     * @return what {@code transfer} does.
     */
    long send(final MessageSink channel, final Account account, final int length)
    {
        if (!taken.isEmpty() && random.nextInt(3) == 0)
        {
            final Lease lease = taken.poll();
            final long position = transfer(channel, account, lease);
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
        return transfer(channel, account, own);
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

    private long transfer(final MessageSink channel, final Account account, final Lease lease)
    {
        final int length = lease.length();
        stage.leases().letGo(nodeName, lease);
        account.write(lease.buffer(), 0, length);
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
            account.accepted(length, position);
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
        take(origin, taken, Holding.ALONE);
    }

    /**
     * A message of a group is a lease, which other members may have a share of: keeps it or not.
     */
    void receivedShare(final MessageOrigin origin)
    {
        take(origin, shares, Holding.SHARED);
    }

    private void take(final MessageOrigin origin, final ArrayDeque<Lease> into, final Holding holding)
    {
        if (into.size() < TAKEN_MAX && random.nextBoolean())
        {
            final Lease lease = new Lease();
            origin.take(lease);
            stage.leases().taken(nodeName, lease, holding);
            into.add(lease);
        }
    }

    /**
     * Releases some.
     */
    void release(final int count)
    {
        release(nodeName, taken, count);
        release(nodeName, shares, count);
        release(keeper(), kept, count);
    }

    private void release(final String holder, final ArrayDeque<Lease> held, final int count)
    {
        for (int i = 0; i < count && !held.isEmpty(); i++)
        {
            release(holder, held.poll());
        }
    }

    /**
     * Releases all.
     */
    void releaseAll()
    {
        release(keeper(), kept, kept.size());
        releaseHeld();
    }

    private void releaseHeld()
    {
        release(nodeName, taken, taken.size());
        release(nodeName, shares, shares.size());
        if (own.isHeld())
        {
            release(nodeName, own);
        }
    }

    private void release(final String holder, final Lease lease)
    {
        stage.leases().letGo(holder, lease);
        lease.release();
    }
}
