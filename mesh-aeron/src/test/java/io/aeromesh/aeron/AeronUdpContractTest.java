package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.PacketLog;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

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

    /** A driver without a thread has run before the messages of a duty cycle were committed. */
    @Test
    void shouldSendWhatWasCommittedWithoutAnotherDutyCycle()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge receiving = second.edge();
        final PacketLog log = new PacketLog();
        sendSoon(first.edge().data(), new byte[64]);
        first.edge().wakePeer();

        final long startNs = System.nanoTime();
        while (log.size() == 0 && System.nanoTime() - startNs < deadlineNs())
        {
            second.doWork(); // and the first does not run
            receiving.data().poll(log, 10);
        }
        assertEquals(1, log.size());
    }

    /**
     * Below those that the kernel gives to sockets that ask for none, as media drivers' do, so that it stays free.
     */
    static int freePort()
    {
        while (true)
        {
            final int port = ThreadLocalRandom.current().nextInt(15_000, 32_768);
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress()))
            {
                return socket.getLocalPort();
            }
            catch (final BindException taken)
            {
                // the next one is as good
            }
            catch (final IOException ex)
            {
                throw new AssertionError(ex);
            }
        }
    }
}
