package io.aeromesh.tools.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Every wait for processes: bounded, watchful of processes that end, and with words for what was awaited.
 * <p>
 * <b>Threading:</b> the run's main thread.
 */
public final class Await
{
    private static final long PARK_NS = 5_000_000;
    private static final long QUICK_PARK_NS = 200_000;
    private static final long SAY_EACH_NS = 4_000_000_000L;

    private final Runnable health;
    private final Progress progress;

    /**
     * @param health throws when a process has ended that should not have.
     */
    public Await(final Runnable health, final Progress progress)
    {
        this.health = health;
        this.progress = progress;
    }

    /**
     * Waits for a condition.
     */
    public void until(final String what, final Duration bound, final BooleanSupplier condition)
    {
        until(what, bound, () -> "", condition);
    }

    /**
     * Waits for a condition, and says from time to time how far it is.
     */
    public void until(
        final String what, final Duration bound, final Supplier<String> howFar, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        long sayNs = startNs + SAY_EACH_NS;
        while (!condition.getAsBoolean())
        {
            health.run();
            final long nowNs = System.nanoTime();
            if (nowNs - startNs > bound.toNanos())
            {
                throw new ProcessFailure(
                    "waited " + bound.toMillis() / 1e3 + " s in vain for " + what + suffix(howFar));
            }
            if (nowNs - sayNs > 0)
            {
                progress.line("... " + what + suffix(howFar));
                sayNs = nowNs + SAY_EACH_NS;
            }
            LockSupport.parkNanos(PARK_NS);
        }
    }

    /**
     * Waits for a count to reach a target; the bound is for standing still, and starts again with each step forward.
     */
    public void untilReached(
        final String what, final Duration stallBound, final LongTarget target, final Supplier<String> howFar)
    {
        final long[] last = {Long.MIN_VALUE, System.nanoTime()};
        until(what, Duration.ofMinutes(5), howFar, () ->
        {
            final long missing = target.missing();
            final long nowNs = System.nanoTime();
            if (missing != last[0])
            {
                last[0] = missing;
                last[1] = nowNs;
            }
            else if (nowNs - last[1] > stallBound.toNanos())
            {
                throw new ProcessFailure(
                    "no progress in " + stallBound.toMillis() / 1e3 + " s with " + what + suffix(howFar));
            }
            return missing <= 0;
        });
    }

    /**
     * How much is missing.
     */
    @FunctionalInterface
    public interface LongTarget
    {
        /**
         * 0 or less when reached.
         */
        long missing();
    }

    /**
     * Waits for a worker's answer.
     */
    public JsonNode answer(final String what, final Duration bound, final CompletableFuture<JsonNode> answer)
    {
        final long startNs = System.nanoTime();
        while (!answer.isDone())
        {
            health.run();
            if (System.nanoTime() - startNs > bound.toNanos())
            {
                throw new ProcessFailure("no answer in " + bound.toMillis() / 1e3 + " s to: " + what);
            }
            LockSupport.parkNanos(QUICK_PARK_NS);
        }

        try
        {
            return answer.join();
        }
        catch (final CompletionException ex)
        {
            final Throwable cause = ex.getCause();
            throw cause instanceof ProcessFailure failure ? failure : new ProcessFailure(what + " failed", cause);
        }
    }

    private static String suffix(final Supplier<String> howFar)
    {
        final String text = howFar.get();
        return text.isEmpty() ? "" : ": " + text;
    }
}
