package io.aeromesh.sim;

import io.aeromesh.inproc.InprocMemory;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory that the nodes of one simulation share, and that a killed one leaves behind.
 * <p>
 * <b>Threading:</b> that of the simulation.
 */
final class SimMemoryProvider implements SharedMemoryProvider
{
    private final SharedMemoryProvider memory = InprocMemoryProvider.isolated();
    private final Map<String, InprocMemory> memories = new HashMap<>();

    @Override
    public String name()
    {
        return "sim";
    }

    @Override
    public SharedMemory open(final Context context)
    {
        final InprocMemory opened = (InprocMemory)memory.open(context);
        memories.put(context.nodeName(), opened);
        return opened;
    }

    void kill(final String nodeName)
    {
        final InprocMemory killed = memories.remove(nodeName);
        if (killed != null)
        {
            killed.abandon();
        }
    }
}
