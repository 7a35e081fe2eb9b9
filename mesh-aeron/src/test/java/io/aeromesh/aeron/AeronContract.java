package io.aeromesh.aeron;

import io.aeromesh.contract.BadUri;
import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.TransportContract;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.TransportProvider;
import java.util.List;
import java.util.Set;

/**
 * The contract with what all Aeron edges have in common.
 */
abstract class AeronContract extends TransportContract
{
    private final AeronTransportProvider provider = new AeronTransportProvider();

    @Override
    protected TransportProvider provider()
    {
        return provider;
    }

    @Override
    protected Set<Capability> expectedSkips()
    {
        return Set.of(Capability.DEATH_NOTICE, Capability.MANY_NEIGHBOURS);
    }

    @Override
    protected void abandon(final ContractEnd end)
    {
        // without a duty cycle it is as silent as a dead process
    }

    @Override
    protected int leakRounds()
    {
        return 10;
    }

    @Override
    protected List<BadUri> badUris()
    {
        return List.of(
            new BadUri("aeron:tcp?a=b", "path", "tcp"),
            new BadUri("aeron:ipc?endpoint=a:1", "parameter", "endpoint"),
            new BadUri("aeron:ipc?stream=one", "stream", "one"),
            new BadUri("aeron:ipc?stream=0", "stream", "0"),
            new BadUri("aeron:ipc?dir=relative", "dir", "relative"),
            new BadUri("aeron:ipc?driver=internal", "driver", "internal"),
            new BadUri("aeron:ipc?term-length=70000", "term-length", "70000"),
            new BadUri("aeron:ipc?term-length=65536|mtu=16384", "mtu", "16384"),
            new BadUri("aeron:ipc?mtu=1089", "mtu", "1089"),
            new BadUri("aeron:udp?endpoint=localhost:40100", "remote", ""),
            new BadUri("aeron:udp?endpoint=localhost:40100|remote=localhost", "remote", "localhost"),
            new BadUri("aeron:udp?endpoint=localhost:65536|remote=a:1", "endpoint", "localhost:65536"),
            new BadUri("aeron:udp?endpoint=localhost:0|remote=a:1", "endpoint", "localhost:0"),
            new BadUri("aeron:udp?endpoint=::1:40100|remote=a:1", "endpoint", "::1:40100"),
            new BadUri("aeron:udp?group=10.0.0.1:40100", "group", "10.0.0.1:40100"),
            new BadUri("aeron:udp?group=224.0.1.2:40100", "group", "224.0.1.2:40100"),
            new BadUri("aeron:udp?group=224.0.1.999:40100", "group", "224.0.1.999:40100"),
            new BadUri("aeron:udp?group=224.0.1.1:40100|remote=a:1", "parameter", "remote"));
    }

    final EdgeConfig parse(final String uri)
    {
        return provider.parse(EdgeUri.parse(uri));
    }
}
