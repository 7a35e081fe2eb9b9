package io.aeromesh.inproc;

import static org.junit.jupiter.api.Assumptions.abort;

import io.aeromesh.contract.BadUri;
import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.TransportContract;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.TransportProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class InprocPlaceContractTest extends TransportContract
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
        return parse("inproc:?listen=first");
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return parse("inproc:?listen=second|join=first|name=place|cost=3|edges-max=4");
    }

    @Override
    protected List<EdgeConfig> manyConfigs()
    {
        return List.of(firstConfig(), secondConfig(), parse("inproc:?listen=third|join=first,second"));
    }

    @Override
    protected Set<Capability> expectedSkips()
    {
        return EnumSet.noneOf(Capability.class);
    }

    @Override
    protected void abandon(final ContractEnd end)
    {
        ((InprocPlaceMedium)end.medium()).abandon();
    }

    @Override
    protected ErrorCode thirdEndError()
    {
        return abort("a third end is welcome");
    }

    @Override
    protected List<BadUri> badUris()
    {
        return List.of(
            new BadUri("inproc:?listen=a.b", "listen", "a.b"),
            new BadUri("inproc:?listen=", "listen", ""),
            new BadUri("inproc:x?listen=a", "path", "x"),
            new BadUri("inproc:?listen=a|join=b,c/d", "join", "c/d"),
            new BadUri("inproc:?listen=a|edges-max=0", "edges-max", "0"),
            new BadUri("inproc:?listen=a|edges-max=many", "edges-max", "many"),
            new BadUri("inproc:?listen=a|data-length=65536", "parameter", "data-length"),
            new BadUri("inproc:?listen=a|peer=b", "peer", "b"));
    }

    private EdgeConfig parse(final String uri)
    {
        return provider.parse(EdgeUri.parse(uri));
    }
}
