package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.PacketLog;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeron.CncFileDescriptor;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.IoUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AeronUdpContractTest extends AeronContract
{
    private final int firstPort = freePort();
    private final int secondPort = freePort();
    private String secondDriver = "";

    @Override
    protected EdgeConfig firstConfig()
    {
        return parse("aeron:udp?peer=node-b|endpoint=127.0.0.1:" + firstPort + "|remote=127.0.0.1:" + secondPort);
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return parse("aeron:udp?mtu=8192|endpoint=127.0.0.1:" + secondPort + "|remote=127.0.0.1:" + firstPort +
            secondDriver);
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

    /** As where memory was full for a moment: a driver tries only once to make an image. */
    @Test
    void shouldTakeInWhatItsDriverHasFailedToTakeInOnce(@TempDir final Path directory) throws IOException
    {
        final Path driver = directory.resolve("driver");
        secondDriver = "|driver=embedded|dir=" + driver;
        final ContractEnd second = attachSecond();
        final Path images = driver.resolve("images");
        Files.delete(images);
        Files.createFile(images);
        final ContractEnd first = attachFirst();
        final MappedByteBuffer cnc = IoUtil.mapExistingFile(driver.resolve("cnc.dat").toFile(), "cnc");
        final AtomicBuffer driverErrors =
            CncFileDescriptor.createErrorLogBuffer(cnc, CncFileDescriptor.createMetaDataBuffer(cnc));
        await("an error of the driver", () -> ErrorLogReader.hasErrors(driverErrors));
        Files.delete(images);
        Files.createDirectory(images);

        awaitUp(first, second);
        sendSoon(first.edge().data(), new byte[64]);
        awaitPackets(second.edge().data(), new PacketLog(), 1);
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
