package io.aeromesh.inproc;

import io.aeromesh.contract.BadUri;
import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.TransportContract;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.TransportProvider;
import java.util.List;

class InprocTransportContractTest extends TransportContract
{
    private final InprocTransportProvider provider = new InprocTransportProvider(new InprocNetwork());

    @Override
    protected TransportProvider provider()
    {
        return provider;
    }

    @Override
    protected EdgeConfig firstConfig()
    {
        return new InprocEdgeConfig(new EdgeOptions("left", "node-b", 3), "link.1", 32768, 16384);
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return new InprocEdgeConfig(EdgeOptions.DEFAULT, "link.1", 32768, 16384);
    }

    @Override
    protected void abandon(final ContractEnd end)
    {
        ((InprocMedium)end.medium()).abandon();
    }

    @Override
    protected List<BadUri> badUris()
    {
        return List.of(
            new BadUri("inproc:", "link", ""),
            new BadUri("inproc:a/b", "link", "a/b"),
            new BadUri("inproc:a?size=3", "parameter", "size"),
            new BadUri("inproc:a?data-length=many", "data-length", "many"),
            new BadUri("inproc:a?data-length=65537", "data-length", "65537"),
            new BadUri("inproc:a?control-length=1024", "control-length", "1024"),
            new BadUri("inproc:a?cost=-1", "cost", "-1"));
    }
}
