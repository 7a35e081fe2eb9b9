package io.aeromesh.internal.node;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;

/**
 * Keeps each distinct error once, with its count, and tells the listener. Written by the agent thread, read by any.
 */
public final class ErrorReporter
{
    private final AtomicBuffer buffer;
    private final DistinctErrorLog log;
    private final NodeListener listener;
    /** Once the buffer is gone: what it held, and what has come since. */
    private List<String> kept;

    /**
     * @param buffer   of zeros, where the errors are kept.
     * @param clock    for the first and last time of each error.
     * @param listener told of operating errors.
     */
    public ErrorReporter(final AtomicBuffer buffer, final EpochClock clock, final NodeListener listener)
    {
        this.buffer = buffer;
        log = new DistinctErrorLog(buffer, clock, StandardCharsets.UTF_8);
        this.listener = new GuardedListener(listener, this);
    }

    /**
     * Notes an error and tells the listener; what is not a {@link MeshException} is a defect of ours and is named so,
     * but for what Java makes of a signal.
     */
    public void report(final Throwable error)
    {
        record(error);
        listener.onError(error instanceof MeshException mesh ? mesh : isMemoryFault(error) ?
            new MeshException(ErrorCode.MEMORY_FAULT,
                "a page of shared memory is not there: its file system was full " +
                    "while a media driver made a stream, or a file was truncated",
                error) :
            new MeshException(ErrorCode.INVARIANT_BROKEN, String.valueOf(error), error));
    }

    /**
     * All memory of ours is filled by writing before it is mapped, but a media driver touches that of its streams page
     * by page. Java throws this some time after the access, in whatever the thread does then.
     */
    private static boolean isMemoryFault(final Throwable error)
    {
        return error instanceof InternalError && String.valueOf(error.getMessage()).contains("unsafe memory access");
    }

    /**
     * Notes that code of the application has thrown: the node goes on.
     */
    void reportApplication(final String what, final Exception error)
    {
        report(new MeshException(ErrorCode.APPLICATION_FAILED, what + " threw " + error, error));
    }

    /**
     * Notes an error without telling the listener.
     */
    synchronized void record(final Throwable error)
    {
        if (kept == null)
        {
            log.record(error);
        }
        else
        {
            kept.add("1 x " + error);
        }
    }

    /**
     * The buffer is about to be freed.
     */
    public synchronized void close()
    {
        kept = kept == null ? new ArrayList<>(errors()) : kept;
    }

    /**
     * The distinct errors so far, as text.
     */
    public synchronized List<String> errors()
    {
        if (kept != null)
        {
            return List.copyOf(kept);
        }
        final List<String> all = new ArrayList<>();
        ErrorLogReader.read(buffer, (count, firstMs, lastMs, text) -> all.add(count + " x " + text));
        return all;
    }
}
