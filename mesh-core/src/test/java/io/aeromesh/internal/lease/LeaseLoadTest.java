package io.aeromesh.internal.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many hand-overs: what they allocate, and whether threads get in each other's way.
 */
@Timeout(120)
class LeaseLoadTest
{
    private static final int ROUNDS = 1_000_000;
    private static final long ALLOWED_BYTES = 16 * 1024;
    private static final int STRESS_ROUNDS = 200_000;
    private static final LeaseConfig CONFIG = new LeaseConfig(16 * 1024, 4096, 128 * 1024, 64 * 1024);

    @Test
    void shouldNotAllocateInSteadyState()
    {
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        try (Pair pair = new Pair(CONFIG))
        {
            final Lease lease = new Lease();
            final Lease received = new Lease();
            final long[] peers = {Pair.PEER, Pair.LOW};
            rounds(pair, lease, received, peers);
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            rounds(pair, lease, received, peers);
            final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(allocated < ALLOWED_BYTES, () -> allocated + " bytes");
            assertEquals(0, pair.owner.blocksHeld() + pair.peer.blocksHeld());
        }
    }

    private static void rounds(final Pair pair, final Lease lease, final Lease received, final long[] peers)
    {
        for (int i = 0; i < ROUNDS / 4; i++)
        {
            // there, back and released
            pair.owner.tryAcquire(100, lease);
            pair.offer(lease);
            pair.accept(received);
            pair.peer.offer(received, Pair.OWNER, Pair.LOW, pair.handle, 0);
            pair.owner.accept(pair.handle, 0, lease, Pair.PEER, Pair.LOW);
            lease.release();
            // there, and released there
            pair.owner.tryAcquire(100, lease);
            pair.offer(lease);
            pair.accept(received);
            received.release();
            // to all
            pair.owner.tryAcquire(100, lease);
            pair.owner.offerToMany(lease, peers, 1, pair.handle, 0);
            pair.accept(received);
            lease.release();
            received.release();
            pair.owner.tend();
            pair.peer.tend();
        }
    }

    @Test
    void shouldGiveEachBlockToOneAtATimeAmongThreads() throws InterruptedException
    {
        try (Pair pair = new Pair(CONFIG))
        {
            final ManyToManyConcurrentArrayQueue<UnsafeBuffer> handles = new ManyToManyConcurrentArrayQueue<>(256);
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final Thread[] threads = {
                new Thread(() -> send(pair, handles, failure, 1L << 32)),
                new Thread(() -> send(pair, handles, failure, 2L << 32)),
                new Thread(() -> receive(pair, handles, failure))};
            for (final Thread thread : threads)
            {
                thread.start();
            }
            for (final Thread thread : threads)
            {
                thread.join();
            }
            assertNull(failure.get(), () -> failure.get().toString());
            for (int i = 0; i < 10; i++)
            {
                pair.owner.tend();
            }
            assertEquals(0, pair.owner.blocksOut());
            assertEquals(0, pair.owner.blocksHeld() + pair.peer.blocksHeld());
            assertEquals(0, pair.owner.blocksCorrupt());
        }
    }

    private static void send(
        final Pair pair,
        final ManyToManyConcurrentArrayQueue<UnsafeBuffer> handles,
        final AtomicReference<Throwable> failure,
        final long mark)
    {
        try
        {
            final Lease lease = new Lease();
            for (int i = 0; i < STRESS_ROUNDS && null == failure.get(); i++)
            {
                while (pair.owner.tryAcquire(64, lease) < 0)
                {
                    Thread.yield();
                }
                final long value = mark | i;
                lease.buffer().putLong(0, value);
                lease.buffer().putLong(56, value);
                final UnsafeBuffer handle = new UnsafeBuffer(new byte[NodeLeases.HANDLE_LENGTH]);
                while (pair.owner.offer(lease, Pair.PEER, Pair.LOW, handle, 0) < 0)
                {
                    pair.peer.tend(); // maps what the arena has grown by
                    Thread.yield();
                }
                while (!handles.offer(handle))
                {
                    Thread.yield();
                }
            }
        }
        catch (final RuntimeException | Error ex)
        {
            failure.compareAndSet(null, ex);
        }
    }

    private static void receive(
        final Pair pair,
        final ManyToManyConcurrentArrayQueue<UnsafeBuffer> handles,
        final AtomicReference<Throwable> failure)
    {
        try
        {
            final Lease lease = new Lease();
            final long[] next = new long[3];
            for (int i = 0; i < 2 * STRESS_ROUNDS && null == failure.get(); i++)
            {
                UnsafeBuffer handle = handles.poll();
                while (null == handle && null == failure.get())
                {
                    Thread.yield();
                    handle = handles.poll();
                }
                if (null != handle)
                {
                    pair.peer.accept(handle, 0, lease, Pair.OWNER, Pair.LOW);
                    final long value = lease.buffer().getLong(0);
                    final int sender = (int)(value >>> 32);
                    assertEquals(next[sender]++, value & 0xFFFF_FFFFL);
                    assertEquals(value, lease.buffer().getLong(56));
                    lease.release();
                }
                if (0 == i % 64)
                {
                    pair.owner.tend();
                }
            }
        }
        catch (final RuntimeException | Error ex)
        {
            failure.compareAndSet(null, ex);
        }
    }
}
