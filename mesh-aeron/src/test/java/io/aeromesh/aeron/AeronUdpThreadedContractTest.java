package io.aeromesh.aeron;

import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.TransportContext;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class AeronUdpThreadedContractTest extends AeronUdpContractTest
{
    @Override
    protected TransportContext context(final String nodeName)
    {
        return new TransportContext(nodeName, MeshOs.system(), baseDirectory(), TransportContext.Threading.THREADED);
    }
}
