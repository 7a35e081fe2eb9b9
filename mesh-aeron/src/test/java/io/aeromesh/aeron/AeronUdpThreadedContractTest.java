package io.aeromesh.aeron;

import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.TransportContext;

class AeronUdpThreadedContractTest extends AeronUdpContractTest
{
    @Override
    protected TransportContext context(final String nodeName)
    {
        return new TransportContext(nodeName, MeshOs.system(), baseDirectory(), TransportContext.Threading.THREADED);
    }
}
