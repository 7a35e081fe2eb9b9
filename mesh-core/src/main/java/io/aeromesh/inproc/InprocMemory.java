package io.aeromesh.inproc;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.NamedRegion;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory of one node for others of this process. The collector frees a region when nobody maps it any more.
 * <p>
 * <b>Threading:</b> any thread.
 */
public final class InprocMemory implements SharedMemory
{
    private static final int PAGE_LENGTH = 4096;

    private final InprocRegions regions;
    private final InprocRegions.Node self;
    private final InprocRegions.Instance instance;
    private final MeshOs os;
    private final long token;

    private InprocMemory(
        final InprocRegions regions,
        final InprocRegions.Node self,
        final InprocRegions.Instance instance,
        final MeshOs os)
    {
        this.regions = regions;
        this.self = self;
        this.instance = instance;
        this.os = os;
        this.token = regions.token(os.nextRandom());
    }

    static InprocMemory open(final InprocRegions regions, final SharedMemoryProvider.Context context)
    {
        final InprocRegions.Node self = new InprocRegions.Node(context.meshName(), context.nodeName());
        final InprocRegions.Instance instance =
            new InprocRegions.Instance(context.instanceHigh(), context.instanceLow());
        if (!regions.begin(self, instance))
        {
            throw new MeshException(ErrorCode.NAME_TAKEN, "node '" + context.nodeName() + "' of mesh '" +
                context.meshName() + "' has memory open in this process");
        }
        regions.removeAll(self);
        return new InprocMemory(regions, self, instance, context.os());
    }

    @Override
    public long token()
    {
        return token;
    }

    @Override
    public Scope scope()
    {
        return Scope.PROCESS;
    }

    @Override
    public SharedRegion create(final int length)
    {
        if (length <= 0)
        {
            throw new IllegalArgumentException("need length > 0: length=" + length);
        }
        if (null == regions.alive(self))
        {
            throw new MeshException(ErrorCode.NODE_CLOSED, "memory of node '" + self.nodeName() + "' is closed");
        }
        final ByteBuffer memory = allocate(length);
        long id = os.nextRandom();
        while (!regions.add(self, id, memory))
        {
            id = os.nextRandom();
        }
        final long named = id;
        return region(id, memory, length, () -> regions.remove(self, named));
    }

    private static ByteBuffer allocate(final int length)
    {
        try
        {
            return BufferUtil.allocateDirectAligned(length, PAGE_LENGTH);
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
        final InprocRegions.Node node = new InprocRegions.Node(self.meshName(), creator);
        final ByteBuffer memory = regions.find(node, id);
        if (null == memory)
        {
            throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE, "node '" + creator + "' of mesh '" +
                self.meshName() + "' names no memory " + String.format("%016x", id) + " in this process");
        }
        if (memory.capacity() != length)
        {
            throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE, "memory " + String.format("%016x", id) +
                " of node '" + creator + "' has " + memory.capacity() + " bytes, expected " + length);
        }
        return region(id, memory, length, () ->
        {});
    }

    @Override
    public Lingering linger()
    {
        regions.linger(self, instance, true);
        return () -> regions.linger(self, instance, false);
    }

    @Override
    public boolean isAlive(final String creator, final long instanceHigh, final long instanceLow)
    {
        return regions.isAlive(new InprocRegions.Node(self.meshName(), creator),
            new InprocRegions.Instance(instanceHigh, instanceLow));
    }

    @Override
    public void sweep(final String creator)
    {
        final InprocRegions.Node node = new InprocRegions.Node(self.meshName(), creator);
        if (null == regions.alive(node))
        {
            regions.removeAll(node);
        }
    }

    /**
     * Dies: what is named stays named, as a killed process leaves its files. For contracts and simulations.
     */
    public void abandon()
    {
        regions.linger(self, instance, false);
        regions.end(self);
    }

    @Override
    public void close()
    {
        regions.removeAll(self);
        regions.end(self);
    }

    /**
     * The collector unmaps it.
     */
    private static SharedRegion region(
        final long id, final ByteBuffer memory, final int length, final Runnable unlink)
    {
        return new NamedRegion(id, new UnsafeBuffer(memory, 0, length), unlink, () ->
        {});
    }
}
