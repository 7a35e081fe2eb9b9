package io.aeromesh.internal.node;

import io.aeromesh.Reply;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * An answer that the agent writes once and the application reads.
 *
 * @param <T> of the answer.
 */
public final class PendingReply<T> implements Reply<T>
{
    private static final long PARK_NS = 100_000;

    private final String question;
    private final Runnable driver;
    private final NanoClock clock;
    private T answer;
    private MeshException error;
    private volatile boolean done;

    /**
     * @param question for messages.
     * @param clock    of the node, for bounded waits.
     * @param driver   runs one duty cycle where the node is invoked by the caller; null where it has a thread.
     */
    public PendingReply(final String question, final NanoClock clock, final Runnable driver)
    {
        this.question = question;
        this.clock = clock;
        this.driver = driver;
    }

    void complete(final T newAnswer)
    {
        answer = newAnswer;
        done = true;
    }

    void fail(final MeshException newError)
    {
        error = newError;
        done = true;
    }

    @Override
    public boolean isDone()
    {
        return done;
    }

    @Override
    public T get()
    {
        if (!done)
        {
            throw new IllegalStateException(question + ": not done yet");
        }
        if (error != null)
        {
            throw error;
        }
        return answer;
    }

    @Override
    public T await(final Duration bound)
    {
        final long deadlineNs = clock.nanoTime() + bound.toNanos();
        while (!done)
        {
            if (clock.nanoTime() - deadlineNs >= 0)
            {
                throw new MeshException(ErrorCode.NO_ANSWER, question + ": no answer within " + bound);
            }
            if (driver != null)
            {
                driver.run();
            }
            else
            {
                LockSupport.parkNanos(PARK_NS);
            }
        }
        return get();
    }
}
