package io.aeromesh.aeron;

import io.aeromesh.contract.JoinableMediumContract;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.TransportProvider;
import java.util.List;

class AeronJoinableContractTest extends JoinableMediumContract
{
    private final AeronTransportProvider provider = new AeronTransportProvider();
    private final int[] ports = {
        AeronUdpContractTest.freePort(), AeronUdpContractTest.freePort(), AeronUdpContractTest.freePort()};

    @Override
    protected TransportProvider provider()
    {
        return provider;
    }

    @Override
    protected EdgeConfig place(final int number, final int edgesMax, final int... join)
    {
        final StringBuilder uri = new StringBuilder(
            "aeron:udp?term-length=65536|edges-max=" + edgesMax + "|listen=" + address(number));
        for (int i = 0; i < join.length; i++)
        {
            uri.append(i == 0 ? "|join=" : ",").append(address(join[i]));
        }
        return provider.parse(EdgeUri.parse(uri.toString()));
    }

    private String address(final int number)
    {
        return "127.0.0.1:" + ports[number - 1];
    }

    @Override
    protected List<String> badAddresses()
    {
        return List.of("", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "localhost:40100", "0.0.0.0:40100",
            "[::]:40100", "224.0.1.1:40100", "[ff02::1]:40100", "999.0.0.1:40100", "127.0.0.1:40100|mtu=9",
            "[1234:5678:1234:5678:1234:5678:1234:5678:1234:5678:1234:5678:1234:5678]:1");
    }
}
