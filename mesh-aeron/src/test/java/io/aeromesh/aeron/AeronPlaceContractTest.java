package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assumptions.abort;

import io.aeromesh.contract.BadUri;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class AeronPlaceContractTest extends AeronContract
{
    private final int firstPort = AeronUdpContractTest.freePort();
    private final int secondPort = AeronUdpContractTest.freePort();

    @Override
    protected Set<Capability> expectedSkips()
    {
        return Set.of(Capability.DEATH_NOTICE);
    }

    @Override
    protected EdgeConfig firstConfig()
    {
        return parse("aeron:udp?term-length=65536|listen=127.0.0.1:" + firstPort);
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return parse("aeron:udp?term-length=65536|edges-max=3|cost=7|join=127.0.0.1:" + firstPort +
            "|listen=127.0.0.1:" + secondPort);
    }

    @Override
    protected List<EdgeConfig> manyConfigs()
    {
        return List.of(firstConfig(), secondConfig(), parse("aeron:udp?term-length=65536|join=127.0.0.1:" + firstPort +
            ",127.0.0.1:" + secondPort));
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
            new BadUri("aeron:udp?listen=localhost", "listen", "localhost"),
            new BadUri("aeron:udp?listen=", "listen", ""),
            new BadUri("aeron:udp?listen=0.0.0.0:40100", "listen", "0.0.0.0:40100"),
            new BadUri("aeron:udp?listen=[::]:40100", "listen", "[::]:40100"),
            new BadUri("aeron:udp?listen=localhost:0", "listen", "localhost:0"),
            new BadUri("aeron:udp?join=", "join", ""),
            new BadUri("aeron:udp?join=a:1,b", "join", "b"),
            new BadUri("aeron:udp?join=a:1,,b:2", "join", ""),
            new BadUri("aeron:udp?join=0.0.0.0:1", "join", "0.0.0.0:1"),
            new BadUri("aeron:udp?join=a:1" + ",a:1".repeat(16), "join", "17 addresses"),
            new BadUri("aeron:udp?listen=a:1|edges-max=0", "edges-max", "0"),
            new BadUri("aeron:udp?listen=a:1|edges-max=2000", "edges-max", "2000"),
            new BadUri("aeron:udp?listen=a:1|edges-max=some", "edges-max", "some"),
            new BadUri("aeron:udp?listen=a:1|discover=a:1", "discover", "a:1"),
            new BadUri("aeron:udp?listen=a:1|discover=10.0.0.1:1", "discover", "10.0.0.1:1"),
            new BadUri("aeron:udp?listen=a:1|discover=240.0.0.1:1", "discover", "240.0.0.1:1"),
            new BadUri("aeron:udp?listen=a:1|discover=224.0.0.1", "discover", "224.0.0.1"),
            new BadUri("aeron:udp?listen=a:1|peer=b", "peer", "b"),
            new BadUri("aeron:udp?listen=a:1|remote=b:1", "parameter", "remote"));
    }
}
