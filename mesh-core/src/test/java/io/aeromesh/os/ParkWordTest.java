package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A sleeper and a writer at the same instant, millions of times: never may the one find no message and the other
 * nobody to wake.
 */
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParkWordTest
{
    private static final int CELLS = 64;
    private static final int CELL_LENGTH = 256;
    private static final int MESSAGE_OFFSET = 128;
    private static final int ROUNDS = 100_000;
    private static final int CANARY_ROUNDS_MAX = 2_000_000;
    private static final int WAIT_MAX = 16;
    private static final int LOOKS_MAX = 1000;
    private static final int OVER = -1;
    private static final int HAND_OVERS = 20_000;
    private static final long LOST_NS = TimeUnit.SECONDS.toNanos(20);

    /** What the two threads do with one cell. */
    private interface Protocol
    {
        /** The sleeper. Says whether it found the message. */
        boolean looks(int cell);

        /** The writer. Says whether it rang. */
        boolean rings(int cell);

        void reset(int cell);
    }

    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(CELLS * CELL_LENGTH, 128));

    private final class WordOnly implements Protocol
    {
        private final ParkWord[] words = new ParkWord[CELLS];

        WordOnly()
        {
            for (int i = 0; i < CELLS; i++)
            {
                words[i] = new ParkWord(memory, i * CELL_LENGTH);
            }
        }

        @Override
        public boolean looks(final int cell)
        {
            words[cell].park();
            return memory.getLongAcquire(cell * CELL_LENGTH + MESSAGE_OFFSET) == 1;
        }

        @Override
        public boolean rings(final int cell)
        {
            memory.putLongRelease(cell * CELL_LENGTH + MESSAGE_OFFSET, 1);
            return words[cell].claimBell();
        }

        @Override
        public void reset(final int cell)
        {
            words[cell].awake();
            memory.putLong(cell * CELL_LENGTH + MESSAGE_OFFSET, 0);
        }
    }

    /** A planted defect: the same without the fences. */
    private final class Unfenced implements Protocol
    {
        @Override
        public boolean looks(final int cell)
        {
            memory.putLongRelease(cell * CELL_LENGTH, 1);
            return memory.getLongAcquire(cell * CELL_LENGTH + MESSAGE_OFFSET) == 1;
        }

        @Override
        public boolean rings(final int cell)
        {
            memory.putLongRelease(cell * CELL_LENGTH + MESSAGE_OFFSET, 1);
            return memory.getLongAcquire(cell * CELL_LENGTH) == 1;
        }

        @Override
        public void reset(final int cell)
        {
            memory.putLong(cell * CELL_LENGTH, 0);
            memory.putLong(cell * CELL_LENGTH + MESSAGE_OFFSET, 0);
        }
    }

    @Test
    void shouldNeverMissAWakeUp() throws Exception
    {
        assertEquals(0, missed(new WordOnly(), ROUNDS));
    }

    @Test
    void shouldSeeTheDefectWhenTheFencesAreMissing() throws Exception
    {
        final int cores = Runtime.getRuntime().availableProcessors();
        Assumptions.assumeTrue(cores > 1, "one core never shows what a store buffer hides");

        assertTrue(missed(new Unfenced(), CANARY_ROUNDS_MAX) > 0);
    }

    @Test
    void shouldNeverLoseAThreadThatSleeps() throws Exception
    {
        final Waiter waiter = new Waiter();
        final ParkWord word = new ParkWord(memory, 0);
        // a thread's wake-up through both: the word as of another process, passed on by an agent, here the writer
        final CompletableFuture<Integer> sleeper = CompletableFuture.supplyAsync(() ->
        {
            int lost = 0;
            for (long expected = 1; expected <= HAND_OVERS; expected++)
            {
                lost += awaitMessage(waiter, word, expected);
                memory.putLongRelease(2 * MESSAGE_OFFSET, expected);
            }
            return lost;
        });
        for (long number = 1; number <= HAND_OVERS; number++)
        {
            for (long i = number & 127; i > 0; i--)
            {
                Thread.onSpinWait(); // meets the sleeper at various steps
            }
            memory.putLongRelease(MESSAGE_OFFSET, number);
            if ((number & 1) == 0)
            {
                waiter.wake();
            }
            else if (word.claimBell())
            {
                waiter.wake();
            }
            while (memory.getLongAcquire(2 * MESSAGE_OFFSET) != number)
            {
                Thread.yield();
            }
        }

        assertEquals(0, sleeper.get());
    }

    private int awaitMessage(final Waiter waiter, final ParkWord word, final long expected)
    {
        int lost = 0;
        while (memory.getLongAcquire(MESSAGE_OFFSET) != expected)
        {
            word.park();
            waiter.arm();
            if (memory.getLongAcquire(MESSAGE_OFFSET) != expected)
            {
                final long startNs = System.nanoTime();
                LockSupport.parkNanos(LOST_NS);
                lost += System.nanoTime() - startNs > LOST_NS / 2 ? 1 : 0;
            }
            waiter.disarm();
            word.awake();
        }
        return lost;
    }

    @Test
    void shouldRingOnceForEachSleep()
    {
        final ParkWord word = new ParkWord(memory, 0);
        assertFalse(word.claimBell());
        word.park();
        assertTrue(word.claimBell());
        assertFalse(word.claimBell());
        assertTrue(word.isRung());
        word.awake();
        assertFalse(word.claimBell());
    }

    /**
     * Both threads go over all cells at once, side by side as far as it can be; ends at the first miss.
     */
    private static long missed(final Protocol protocol, final int rounds) throws Exception
    {
        final boolean[] found = new boolean[CELLS];
        final boolean[] rang = new boolean[CELLS];
        final AtomicInteger turn = new AtomicInteger();
        final CompletableFuture<Void> writer = CompletableFuture.runAsync(() ->
        {
            for (int next = 1; awaitTurn(turn, next); next += 2)
            {
                for (int i = 0; i < CELLS; i++)
                {
                    rang[i] = protocol.rings(i);
                }
                turn.set(next + 1);
            }
        });
        long missed = 0;
        for (int round = 0; round < rounds && missed == 0; round++)
        {
            turn.set(2 * round + 1);
            for (int i = round % WAIT_MAX; i > 0; i--)
            {
                Thread.onSpinWait(); // the other needs a moment to see its turn
            }
            for (int i = 0; i < CELLS; i++)
            {
                found[i] = protocol.looks(i);
            }
            awaitTurn(turn, 2 * round + 2);
            for (int i = 0; i < CELLS; i++)
            {
                missed += found[i] || rang[i] ? 0 : 1;
                protocol.reset(i);
            }
        }
        turn.set(OVER);
        writer.get();
        return missed;
    }

    private static boolean awaitTurn(final AtomicInteger turn, final int awaited)
    {
        int looks = 0;
        while (turn.get() != awaited && turn.get() != OVER)
        {
            looks++;
            if (looks % LOOKS_MAX == 0)
            {
                Thread.yield();
            }
            else
            {
                Thread.onSpinWait();
            }
        }
        return turn.get() != OVER;
    }
}
