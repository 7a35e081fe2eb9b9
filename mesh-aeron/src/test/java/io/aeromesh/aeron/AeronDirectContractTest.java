package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.contract.DirectMediumContract;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AeronDirectContractTest extends DirectMediumContract
{
    private final TransportProvider provider = AeronContract.patient();

    @Override
    protected TransportProvider provider()
    {
        return provider;
    }

    @Override
    protected EdgeConfig freshPlace()
    {
        return parse("aeron:udp?direct=127.0.0.1:" + AeronUdpContractTest.freePort() + "|term-length=65536");
    }

    @Override
    protected List<String> badAddresses()
    {
        return List.of("aeron:ipc", "aeron:udp?direct=127.0.0.1:1", "aeron:udp?direct=127.0.0.1|stream=2",
            "aeron:udp?direct=127.0.0.1:1|stream=0", "aeron:udp?direct=127.0.0.1:1|stream=x",
            "aeron:udp?direct=127.0.0.1:1|stream=2|mtu=1", "aeron:udp?direct=a b:1|stream=2",
            "aeron:ipc?direct=127.0.0.1:1|stream=2");
    }

    private EdgeConfig parse(final String uri)
    {
        return provider.parse(EdgeUri.parse(uri));
    }

    @Test
    void shouldParseWhatItPrints()
    {
        for (final String uri : List.of("aeron:udp?direct=localhost:40200|name=n|mtu=1088|term-length=65536",
            "aeron:udp?endpoint=a:1|remote=b:2|stream=5|remote-stream=7|peer=c"))
        {
            assertEquals(parse(uri), parse(parse(uri).toUri()));
        }
    }

    @Test
    void shouldRefuseBadPlaces()
    {
        for (final String bad : List.of("aeron:udp?direct=", "aeron:udp?direct=localhost", "aeron:udp?direct=0.0.0.0:1",
            "aeron:udp?direct=[::]:1", "aeron:udp?direct=a:1|stream=7", "aeron:udp?direct=a:1|peer=b",
            "aeron:udp?direct=a:1|cost=3", "aeron:udp?direct=a:1|remote=b:1",
            "aeron:udp?direct=" + "h".repeat(200) + ":1", "aeron:udp?endpoint=a:1|remote=b:2|remote-stream=0"))
        {
            assertEquals(ErrorCode.BAD_EDGE_CONFIG,
                assertThrows(MeshException.class, () -> parse(bad), bad).code(), bad);
        }
    }

    @Test
    void shouldSayAtOnceThatThePortIsTaken() throws IOException
    {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            Transport transport = provider.open(new TransportContext("node",
                MeshOs.system(), tempDirectory.resolve("base"),
                TransportContext.Threading.INVOKED)))
        {
            final EdgeConfig config = parse("aeron:udp?direct=127.0.0.1:" + taken.getLocalPort());
            final MeshException error = assertThrows(MeshException.class, () -> transport.attach(config));
            assertEquals(ErrorCode.ADDRESS_UNUSABLE, error.code());
            assertTrue(error.getMessage().contains(Integer.toString(taken.getLocalPort())), error.getMessage());
        }
    }
}
