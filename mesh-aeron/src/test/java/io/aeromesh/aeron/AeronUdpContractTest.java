package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assumptions.abort;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.spi.EdgeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;

class AeronUdpContractTest extends AeronContract
{
    private final int firstPort = freePort();
    private final int secondPort = freePort();

    @Override
    protected EdgeConfig firstConfig()
    {
        return parse("aeron:udp?peer=node-b|endpoint=127.0.0.1:" + firstPort + "|remote=127.0.0.1:" + secondPort);
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return parse("aeron:udp?mtu=8192|endpoint=127.0.0.1:" + secondPort + "|remote=127.0.0.1:" + firstPort);
    }

    @Override
    protected ErrorCode thirdEndError()
    {
        return abort("a third end has no port to bind: see AeronFailureTest");
    }

    static int freePort()
    {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
