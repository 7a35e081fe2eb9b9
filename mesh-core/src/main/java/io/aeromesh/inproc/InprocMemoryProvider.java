package io.aeromesh.inproc;

import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;

/**
 * Shares memory among the nodes of this JVM.
 * <p>
 * <b>Threading:</b> any thread. Its registry is the process's, or one of its own so that a simulator has its own.
 */
public final class InprocMemoryProvider implements SharedMemoryProvider
{
    private static final InprocRegions PROCESS_WIDE = new InprocRegions();

    private final InprocRegions regions;

    /**
     * On the one registry of this process; for {@link java.util.ServiceLoader}.
     */
    public InprocMemoryProvider()
    {
        this(PROCESS_WIDE);
    }

    private InprocMemoryProvider(final InprocRegions regions)
    {
        this.regions = regions;
    }

    /**
     * On a registry of its own.
     */
    public static InprocMemoryProvider isolated()
    {
        return new InprocMemoryProvider(new InprocRegions());
    }

    @Override
    public String name()
    {
        return "inproc";
    }

    @Override
    public SharedMemory open(final Context context)
    {
        return InprocMemory.open(regions, context);
    }
}
