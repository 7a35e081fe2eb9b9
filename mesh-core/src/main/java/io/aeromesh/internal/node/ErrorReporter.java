package io.aeromesh.internal.node;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;

/**
 * Keeps each distinct error once, with its count, and tells the listener. Written by the agent thread, read by any.
 */
public final class ErrorReporter
{
    private static final int LENGTH = 64 * 1024;

    private final UnsafeBuffer buffer = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(LENGTH, BitUtil.CACHE_LINE_LENGTH));
    private final DistinctErrorLog log;
    private final NodeListener listener;

    /**
     * @param clock    for the first and last time of each error.
     * @param listener told of operating errors.
     */
    public ErrorReporter(final EpochClock clock, final NodeListener listener)
    {
        log = new DistinctErrorLog(buffer, clock, StandardCharsets.UTF_8);
        this.listener = new GuardedListener(listener, this);
    }

    /**
     * Notes an error and tells the listener; what is not a {@link MeshException} is a defect of ours and is named so.
     */
    public void report(final Throwable error)
    {
        record(error);
        listener.onError(error instanceof MeshException mesh ? mesh :
            new MeshException(ErrorCode.INVARIANT_BROKEN, String.valueOf(error), error));
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
    void record(final Throwable error)
    {
        log.record(error);
    }

    /**
     * The distinct errors so far, as text.
     */
    public List<String> errors()
    {
        final List<String> all = new ArrayList<>();
        ErrorLogReader.read(buffer, (count, firstMs, lastMs, text) -> all.add(count + " x " + text));
        return all;
    }
}
