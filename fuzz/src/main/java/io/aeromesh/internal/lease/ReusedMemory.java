package io.aeromesh.internal.lease;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.NamedRegion;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedRegion;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory that the nodes of one execution share, and the next execution uses again, as making it would take most of the
 * time. Regions are numbered from 1, whoever creates them, and attached by number and exact length.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class ReusedMemory implements SharedMemory
{
    private static final int PAGE_LENGTH = 4096;
    private static final Runnable NOTHING = () ->
    {};

    private final List<UnsafeBuffer> all = new ArrayList<>();
    private final List<UnsafeBuffer> named = new ArrayList<>();

    /**
     * Begins an execution: there are no regions.
     */
    void reset()
    {
        named.clear();
    }

    int count()
    {
        return named.size();
    }

    /**
     * A region's memory, as a process that writes what it likes sees it.
     */
    UnsafeBuffer region(final int index)
    {
        return named.get(index);
    }

    /**
     * Whether memory lies within one region.
     */
    boolean holds(final UnsafeBuffer view)
    {
        for (final UnsafeBuffer region : named)
        {
            final long from = view.addressOffset() - region.addressOffset();
            if (from >= 0 && from + view.capacity() <= region.capacity())
            {
                return true;
            }
        }
        return false;
    }

    @Override
    public SharedRegion create(final int length)
    {
        UnsafeBuffer memory = null;
        for (final UnsafeBuffer candidate : all)
        {
            if (candidate.capacity() == length && !isNamed(candidate))
            {
                memory = candidate;
            }
        }
        if (memory == null)
        {
            memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, PAGE_LENGTH), 0, length);
            all.add(memory);
        }
        memory.setMemory(0, length, (byte)0);
        named.add(memory);
        return view(named.size(), memory);
    }

    private boolean isNamed(final UnsafeBuffer candidate)
    {
        for (final UnsafeBuffer each : named)
        {
            if (each == candidate)
            {
                return true;
            }
        }
        return false;
    }

    private static SharedRegion view(final long id, final UnsafeBuffer memory)
    {
        return new NamedRegion(id, new UnsafeBuffer(memory, 0, memory.capacity()), NOTHING, NOTHING);
    }

    @Override
    public SharedRegion attach(final String creator, final long id, final int length)
    {
        if (id < 1 || id > named.size() || named.get((int)id - 1).capacity() != length)
        {
            throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE, "no memory " + id + " of length=" + length);
        }
        return view(id, named.get((int)id - 1));
    }

    @Override
    public long token()
    {
        return 1;
    }

    @Override
    public Scope scope()
    {
        return Scope.PROCESS;
    }

    @Override
    public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
    {
        return false;
    }

    @Override
    public void sweep(final String creator)
    {
        // nothing outlives an execution
    }

    @Override
    public void close()
    {
        // likewise
    }
}
