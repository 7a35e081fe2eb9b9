package io.aeromesh.inproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeromesh.contract.SharedMemoryContract;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InprocMemoryContractTest extends SharedMemoryContract
{
    private final InprocMemoryProvider provider = InprocMemoryProvider.isolated();

    @Override
    protected SharedMemory open(final String nodeName, final long instance)
    {
        return open(provider, nodeName, instance);
    }

    @Override
    protected void abandon(final SharedMemory memory)
    {
        ((InprocMemory)memory).abandon();
    }

    private static SharedMemory open(
        final InprocMemoryProvider provider, final String nodeName, final long instance)
    {
        return provider.open(new SharedMemoryProvider.Context(
            nodeName, "mesh", instance, instance, MeshOs.system(), Path.of("unused")));
    }

    @Test
    void shouldRefuseANameThatIsOpen()
    {
        assertEquals(ErrorCode.NAME_TAKEN, assertThrows(MeshException.class, () -> open("creator", 1)).code());
    }

    @Test
    void shouldTellRegistriesApart()
    {
        try (SharedMemory one = open("one", 1);
            SharedMemory other = open(InprocMemoryProvider.isolated(), "one", 1))
        {
            assertNotEquals(one.token(), other.token());
        }
    }
}
