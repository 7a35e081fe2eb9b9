package io.aeromesh.shm;

import io.aeromesh.contract.BadUri;
import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.TransportContract;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.TransportProvider;
import java.util.List;

class ShmTransportContractTest extends TransportContract
{
    @Override
    protected TransportProvider provider()
    {
        return new ShmTransportProvider();
    }

    @Override
    protected EdgeConfig firstConfig()
    {
        return new ShmEdgeConfig(new EdgeOptions("left", "node-b", 3), "link.1", baseDirectory(), 65536, 16384);
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return new ShmEdgeConfig(EdgeOptions.DEFAULT, "link.1", null, 65536, 16384);
    }

    @Override
    protected void abandon(final ContractEnd end)
    {
        ((ShmMedium)end.medium()).abandon();
    }

    @Override
    protected List<BadUri> badUris()
    {
        return List.of(
            new BadUri("shm:", "link", ""),
            new BadUri("shm:a b", "link", "a b"),
            new BadUri("shm:" + "x".repeat(65), "link", "x".repeat(65)),
            new BadUri("shm:a?size=3", "parameter", "size"),
            new BadUri("shm:a?data-length=many", "data-length", "many"),
            new BadUri("shm:a?data-length=1048577", "data-length", "1048577"),
            new BadUri("shm:a?control-length=8192", "control-length", "8192"),
            new BadUri("shm:a?dir=relative", "dir", "relative"),
            new BadUri("shm:a?peer", "parameter", "peer"));
    }
}
