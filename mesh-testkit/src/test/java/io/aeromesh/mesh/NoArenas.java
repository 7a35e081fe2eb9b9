package io.aeromesh.mesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import java.lang.reflect.Proxy;

/** Memory of a node that finds no room for the arenas of others, though it has some for channels. */
final class NoArenas implements SharedMemoryProvider
{
    private static final int DIRECTORY_LENGTH = 20608;
    private final SharedMemoryProvider provider;

    NoArenas(final SharedMemoryProvider provider)
    {
        this.provider = provider;
    }

    @Override
    public String name()
    {
        return provider.name();
    }

    @Override
    public SharedMemory open(final Context context)
    {
        final SharedMemory memory = provider.open(context);
        return (SharedMemory)Proxy.newProxyInstance(
            NoArenas.class.getClassLoader(), new Class<?>[] {SharedMemory.class}, (proxy, method, args) ->
            {
                if (method.getName().equals("attach") && (int)args[2] == DIRECTORY_LENGTH)
                {
                    throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE, "no arenas here");
                }
                return method.invoke(memory, args);
            });
    }
}
