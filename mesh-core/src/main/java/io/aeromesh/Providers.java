package io.aeromesh;

import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.TransportProvider;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Transports and shared memories on the class path. They are looked for once, as a search takes longer than all else
 * that the start of a node does.
 * <p>
 * <b>Threading:</b> any thread; who comes at the same time as another may search too.
 */
final class Providers
{
    private static volatile List<TransportProvider> transports;
    private static volatile List<SharedMemoryProvider> memories;

    private Providers()
    {
    }

    static List<TransportProvider> transports()
    {
        if (transports == null)
        {
            transports = find(TransportProvider.class, Providers.class.getClassLoader());
        }
        return transports;
    }

    /**
     * Those that the calling thread sees, as in a container whose applications have class loaders of their own.
     */
    static List<TransportProvider> transportsOfThread()
    {
        return find(TransportProvider.class, Thread.currentThread().getContextClassLoader());
    }

    static List<SharedMemoryProvider> memories()
    {
        if (memories == null)
        {
            memories = find(SharedMemoryProvider.class, Providers.class.getClassLoader());
        }
        return memories;
    }

    private static <T> List<T> find(final Class<T> type, final ClassLoader loader)
    {
        return ServiceLoader.load(type, loader).stream().map(ServiceLoader.Provider::get).toList();
    }
}
