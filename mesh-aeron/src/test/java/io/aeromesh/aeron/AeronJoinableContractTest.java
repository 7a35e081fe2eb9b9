package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.JoinableMediumContract;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.JoinableMedium;
import io.aeromesh.spi.TransportProvider;
import io.aeron.Aeron;
import io.aeron.Publication;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AeronJoinableContractTest extends JoinableMediumContract
{
    private final TransportProvider provider = AeronContract.patient();
    private final int[] ports = {
        AeronUdpContractTest.freePort(), AeronUdpContractTest.freePort(), AeronUdpContractTest.freePort()};

    private ContractEnd third;

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

    /** Whoever knows the port can send anything to it, and say anything at the door. */
    @Test
    void shouldBearWhatStrangersSend() throws IOException
    {
        final ContractEnd end = attach("node-a", place(1, 4));
        final ContractEnd other = attach("node-b", place(2, 4, 1));
        await("edge", () -> end.edge() != null && other.edge() != null);
        final Edge edge = end.edge();

        final Random random = new Random(1);
        try (DatagramSocket socket = new DatagramSocket())
        {
            for (int i = 0; i < 10_000; i++)
            {
                final byte[] noise = new byte[1 + random.nextInt(1_400)];
                random.nextBytes(noise);
                if (i % 2 == 0 && noise.length > 8)
                {
                    noise[4] = 0; // the version of Aeron's frames
                    noise[6] = (byte)random.nextInt(10); // a type of them
                    noise[7] = 0;
                }
                socket.send(new DatagramPacket(
                    noise, noise.length, InetAddress.getLoopbackAddress(), ports[0]));
                end.doWork();
            }
        }
        await("next edge", () -> attachedThird().edge() != null && end.edges().size() == 2);
        assertTrue(end.edges().contains(edge));
        assertEquals(0, end.downs().size());
    }

    private ContractEnd attachedThird()
    {
        if (third == null)
        {
            third = attach("node-c", place(3, 4, 1));
        }
        return third;
    }

    @Test
    void shouldSayWhatIsWrongWithAKnock()
    {
        final ContractEnd end = attach("node-a", place(1, 4));
        try (DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), tempDirectory.resolve("d/driver"));
            Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.dir()));
            Publication door = client.addPublication(
                "aeron:udp?endpoint=" + address(1), AeronOptions.STREAM_DEFAULT))
        {
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[KnockFrame.LENGTH_MAX]);
            for (final String bad : List.of("localhost:40100", "224.0.1.1:40100", "0.0.0.0:40100", "", "nonsense",
                "127.0.0.1:40100,localhost:1"))
            {
                final int count = end.errors().size();
                final int length = KnockFrame.encode(frame, KnockFrame.KNOCK, 0x20000, bad, "stranger");
                await("room", () -> door.offer(frame, 0, length) > 0);
                await("error", () -> end.errors().size() > count);
                final String message = end.errors().get(count).getMessage();
                assertTrue(message.contains("'stranger'"), message);
            }

            final int count = end.errors().size();
            frame.putInt(0, 0);
            await("room", () -> door.offer(frame, 0, 40) > 0);
            await("error", () -> end.errors().size() > count);
            assertTrue(end.hasError(ErrorCode.PROTOCOL_VIOLATION));
            assertTrue(end.errors().get(count).getMessage().contains("40 bytes"), end.errors().toString());

            for (final int type : new int[] {KnockFrame.KNOCK, KnockFrame.FULL}) // of itself; of what it did not ask
            {
                final int length = KnockFrame.encode(frame, type, 0x30000, address(1), "stranger");
                await("room", () -> door.offer(frame, 0, length) > 0);
            }
            final ContractEnd other = attach("node-b", place(2, 4, 1));
            await("edge", () -> end.edge() != null && other.edge() != null);
            assertNull(((JoinableMedium)end.medium()).takeHeard());
            assertEquals(count + 1, end.errors().size(), end.errors().toString());
        }
    }

    @Test
    void shouldSendARefusedNodeToTheNeighboursOfAFullPlace()
    {
        final ContractEnd full = attach("node-a", place(1, 1));
        final ContractEnd neighbour = attach("node-b", place(2, 4, 1));
        await("edge", () -> full.edge() != null && neighbour.edge() != null);
        final ContractEnd refused = attach("node-c", place(3, 4, 1));

        await("refusal at both", () -> refused.hasError(ErrorCode.PLACE_FULL) && full.hasError(ErrorCode.PLACE_FULL));
        assertTrue(refused.errors().get(0).getMessage().contains("node-a"), refused.errors().toString());
        assertEquals(address(2), ((JoinableMedium)refused.medium()).takeHeard());
        assertNull(((JoinableMedium)refused.medium()).takeHeard());
    }

    @Test
    void shouldSayAtOnceWhatIsWrongWithAnAddress() throws IOException
    {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            final String listen = "127.0.0.1:" + taken.getLocalPort();
            shouldNotAttach("aeron:udp?listen=" + listen, listen, ErrorCode.ADDRESS_UNUSABLE);
        }
        shouldNotAttach("aeron:udp?listen=no.such.host.invalid:40100", "no.such.host.invalid",
            ErrorCode.BAD_EDGE_CONFIG);
        shouldNotAttach("aeron:udp?join=no.such.host.invalid:40100", "no.such.host.invalid",
            ErrorCode.BAD_EDGE_CONFIG);
    }

    private void shouldNotAttach(final String uri, final String part, final ErrorCode code)
    {
        final MeshException error =
            assertThrows(MeshException.class, () -> attach("node", provider.parse(EdgeUri.parse(uri))), uri);
        assertEquals(code, error.code());
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void shouldGoOnWhereTheNameOfOneOfSeveralIsNotKnown()
    {
        final ContractEnd end = attach("node-a", place(1, 4));
        final ContractEnd other = attach("node-b", provider.parse(EdgeUri.parse(
            "aeron:udp?term-length=65536|listen=" + address(2) + "|join=no.such.host.invalid:40100," + address(1))));
        await("edge", () -> end.edge() != null && other.edge() != null);
    }
}
