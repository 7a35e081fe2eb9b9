package io.aeromesh.internal.lease;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.NamedRegion;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedRegion;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory for the leases of a node that shares none: nobody else attaches it, and leases to others are copied.
 * <p>
 * <b>Threading:</b> any thread. <b>Ownership:</b> the collector frees a region that nobody refers to.
 */
public final class PrivateMemory implements SharedMemory
{
    private static final int PAGE_LENGTH = 4096;
    private static final Runnable NOTHING = () ->
    {};

    private final AtomicLong lastId = new AtomicLong();

    @Override
    public long token()
    {
        return 1; // no other node is told of it
    }

    @Override
    public Scope scope()
    {
        return Scope.PROCESS;
    }

    @Override
    public SharedRegion create(final int length)
    {
        try
        {
            final UnsafeBuffer buffer =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, PAGE_LENGTH), 0, length);
            return new NamedRegion(lastId.incrementAndGet(), buffer, NOTHING, NOTHING);
        }
        catch (final OutOfMemoryError ex)
        {
            throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY,
                "need " + length + " bytes of direct memory, found less: " + ex.getMessage(), ex);
        }
    }

    @Override
    public SharedRegion attach(final String creator, final long id, final int length)
    {
        throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE,
            "this node shares no memory, so it can not attach that of node '" + creator + "'");
    }

    @Override
    public Lingering linger()
    {
        return () ->
        {};
    }

    @Override
    public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
    {
        return false; // nobody else has it, so there is nothing to wait for with what one that has gone had
    }

    @Override
    public void sweep(final String creator)
    {
        // there is nothing that outlives a node
    }

    @Override
    public void close()
    {
        // likewise
    }
}
