package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assumptions.abort;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import java.util.List;
import java.util.Set;

class AeronMulticastContractTest extends AeronContract
{
    private final int port = AeronUdpContractTest.freePort();

    @Override
    protected Set<Capability> expectedSkips()
    {
        return Set.of(Capability.DEATH_NOTICE);
    }

    @Override
    protected EdgeConfig firstConfig()
    {
        return parse("aeron:udp?group=224.20.30.41:" + port + "|interface=localhost");
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return parse("aeron:udp?group=224.20.30.41:" + port + "|interface=localhost|name=group|cost=7");
    }

    @Override
    protected List<EdgeConfig> manyConfigs()
    {
        return List.of(firstConfig(), secondConfig(), firstConfig());
    }

    @Override
    protected ErrorCode thirdEndError()
    {
        return abort("a third end is welcome");
    }
}
