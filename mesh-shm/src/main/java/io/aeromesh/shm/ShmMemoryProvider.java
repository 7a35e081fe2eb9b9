package io.aeromesh.shm;

import io.aeromesh.os.JvmFlags;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import java.util.List;

/**
 * Shares memory among processes of this host, by files that they map.
 * <p>
 * <b>Threading:</b> any thread; it has no state of its own.
 */
public final class ShmMemoryProvider implements SharedMemoryProvider
{
    private final FreeSpace freeSpace;
    private final FreeSpace freeMemory;

    /**
     * For {@link java.util.ServiceLoader}.
     */
    public ShmMemoryProvider()
    {
        this(FreeSpace.OF_FILE_STORE, CgroupMemory.OF_PROCESS);
    }

    ShmMemoryProvider(final FreeSpace freeSpace, final FreeSpace freeMemory)
    {
        this.freeSpace = freeSpace;
        this.freeMemory = freeMemory;
    }

    @Override
    public String name()
    {
        return "shm";
    }

    @Override
    public SharedMemory open(final Context context)
    {
        JvmFlags.requireOpen("shared memory", List.of("sun.nio.ch", "java.lang.reflect", "jdk.internal.ref"));
        return ShmMemory.open(context, freeSpace, freeMemory);
    }
}
