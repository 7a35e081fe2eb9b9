package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.aeromesh.contract.PacketLog;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The other end is a process of its own, which is killed and stopped with real signals. Several at once, as each mostly
 * waits until the other one is given up.
 */
@Timeout(120)
@Tag("slow")
class AeronProcessTest implements EdgeListener
{
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long REST_NS = 50_000;
    private static final long NOTICE_NS = TimeUnit.SECONDS.toNanos(5);
    /** Longer than the longest time after which {@link DriverSettings} let anybody be given up, which is 3 s. */
    private static final long STOP_NS = TimeUnit.SECONDS.toNanos(4);

    @TempDir
    private Path directory;

    private final AeronTransportProvider provider = new AeronTransportProvider();
    private final List<Process> processes = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private DriverProcess driver;
    private Transport transport;
    private Medium medium;
    private Edge edge;
    private int ups;
    private int downs;

    @AfterEach
    void closeAll()
    {
        if (medium != null)
        {
            medium.close();
            transport.close();
        }
        processes.forEach(Process::destroyForcibly);
        if (driver != null)
        {
            driver.kill();
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"ipc,INVOKED", "udp,INVOKED", "udp,THREADED", "group,INVOKED", "group,THREADED",
        "place,INVOKED", "place,THREADED"})
    void shouldOutliveAPeerThatIsKilled(final String kind, final TransportContext.Threading threading)
        throws IOException
    {
        final String echoUri = open(kind, threading);
        for (int round = 1; round <= 2; round++)
        {
            final int count = round;
            final Process echo = startEcho(echoUri, threading);
            await("edge up", () -> edge != null && ups == count, DEADLINE_NS);
            shouldEcho();

            echo.destroyForcibly();
            await("edge down", () -> downs == count, NOTICE_NS);
        }
        assertEquals(List.of(), errors);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"ipc,INVOKED", "udp,INVOKED", "udp,THREADED", "group,INVOKED", "group,THREADED",
        "place,INVOKED", "place,THREADED"})
    void shouldOutliveAPeerThatIsStopped(final String kind, final TransportContext.Threading threading)
        throws IOException, InterruptedException
    {
        final Process echo = startEcho(open(kind, threading), threading);
        await("edge up", () -> edge != null, DEADLINE_NS);
        shouldEcho();

        DriverProcess.signal("STOP", echo.pid());
        final long stoppedNs = System.nanoTime();
        await("edge down", () -> downs == 1, NOTICE_NS);
        await("time", () -> System.nanoTime() - stoppedNs > STOP_NS, DEADLINE_NS);
        DriverProcess.signal("CONT", echo.pid());

        await("edge up again", () -> edge != null, DEADLINE_NS);
        shouldEcho();
        assertTrue(echo.isAlive());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldOutliveADriverThatIsStopped() throws IOException, InterruptedException
    {
        final Process echo = startEcho(open("ipc", TransportContext.Threading.INVOKED),
            TransportContext.Threading.INVOKED);
        await("edge up", () -> edge != null, DEADLINE_NS);

        DriverProcess.signal("STOP", driver.pid());
        await("edge down", () -> downs == 1, NOTICE_NS);
        DriverProcess.signal("CONT", driver.pid());

        await("edge up again", () -> edge != null, DEADLINE_NS);
        shouldEcho();
        assertTrue(echo.isAlive());
        assertTrue(errors.stream().allMatch(error -> error instanceof MeshException), errors::toString);
    }

    private String open(final String kind, final TransportContext.Threading threading)
    {
        final int port = AeronUdpContractTest.freePort();
        final int echoPort = AeronUdpContractTest.freePort();
        final String echoUri;
        final String uri;
        switch (kind)
        {
            case "ipc" ->
            {
                driver = new DriverProcess(directory.resolve("driver"));
                uri = "aeron:ipc?dir=" + directory.resolve("driver");
                echoUri = uri;
            }
            case "udp" ->
            {
                uri = "aeron:udp?endpoint=127.0.0.1:" + port + "|remote=127.0.0.1:" + echoPort;
                echoUri = "aeron:udp?endpoint=127.0.0.1:" + echoPort + "|remote=127.0.0.1:" + port;
            }
            case "place" ->
            {
                uri = "aeron:udp?listen=127.0.0.1:" + port;
                echoUri = "aeron:udp?listen=127.0.0.1:" + echoPort + "|join=127.0.0.1:" + port;
            }
            default ->
            {
                uri = "aeron:udp?interface=localhost|group=224.20.30.41:" + port;
                echoUri = uri;
            }
        }

        transport = provider.open(
            new TransportContext("tester", MeshOs.system(), directory.resolve("base"), threading));
        medium = transport.attach(provider.parse(EdgeUri.parse(uri)));
        return echoUri;
    }

    private Process startEcho(final String uri, final TransportContext.Threading threading) throws IOException
    {
        final Process process = DriverProcess.java(
            EchoMain.class, directory.resolve("base").toString(), threading.name(), uri);
        processes.add(process);
        return process;
    }

    private void shouldEcho()
    {
        final PacketLog log = new PacketLog();
        final Edge present = edge;
        final byte[] packet = PacketLog.packet(ups, 700);
        await("room", () -> PacketLog.send(present.data(), packet) >= 0, DEADLINE_NS);
        await("echo", () -> present.data().poll(log, 10) > 0, DEADLINE_NS);
        assertEquals(700, log.packets().get(0).length);
    }

    private void await(final String what, final BooleanSupplier condition, final long limitNs)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            final long nowNs = System.nanoTime();
            transport.doWork(nowNs);
            medium.doWork(nowNs, this);
            if (nowNs - startNs > limitNs)
            {
                fail("no " + what + " within " + limitNs + " ns: ups=" + ups + ", downs=" + downs + ", " + errors);
            }
            LockSupport.parkNanos(REST_NS); // the other process starts meanwhile, and has few cores
        }
    }

    @Override
    public void onEdgeUp(final Medium upMedium, final Edge upEdge)
    {
        ups++;
        edge = upEdge;
    }

    @Override
    public void onEdgeDown(final Medium downMedium, final Edge downEdge, final String reason)
    {
        downs++;
        downEdge.close();
        if (edge == downEdge)
        {
            edge = null;
        }
    }

    @Override
    public void onMediumError(final Medium badMedium, final Throwable error)
    {
        errors.add(error);
    }
}
