package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AeronFailureTest
{
    @TempDir
    private Path directory;

    private final AeronTransportProvider provider = new AeronTransportProvider();

    @Test
    void shouldBeFoundByItsScheme()
    {
        final List<String> schemes = ServiceLoader.load(TransportProvider.class).stream()
            .map(found -> found.get().scheme()).toList();

        assertTrue(schemes.contains("aeron"), schemes.toString());
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException
    {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            Transport transport = open(TransportContext.Threading.INVOKED))
        {
            final MeshException ex = assertThrows(MeshException.class, () -> transport.attach(udp(socket)));

            assertEquals(ErrorCode.ADDRESS_IN_USE, ex.code());
            assertTrue(ex.getMessage().contains("127.0.0.1:" + socket.getLocalPort()), ex.getMessage());
        }
    }

    @Test
    void shouldSayThatNoDriverIsThere()
    {
        try (Transport transport = open(TransportContext.Threading.INVOKED))
        {
            final MeshException ex = assertThrows(MeshException.class,
                () -> transport.attach(parse("aeron:ipc?dir=" + directory.resolve("none"))));

            assertEquals(ErrorCode.DRIVER_ABSENT, ex.code());
            assertTrue(ex.getMessage().contains(directory.resolve("none").toString()), ex.getMessage());
        }
    }

    @Test
    void shouldSayThatADriverIsThere()
    {
        final Path dir = directory.resolve("driver");
        try (DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), dir);
            Transport transport = open(TransportContext.Threading.INVOKED))
        {
            final MeshException ex = assertThrows(MeshException.class,
                () -> transport.attach(parse("aeron:ipc?driver=embedded|dir=" + dir)));

            assertEquals(ErrorCode.DRIVER_EXISTS, ex.code());
            assertTrue(ex.getMessage().contains(driver.dir()), ex.getMessage());
        }
    }

    @Test
    void shouldSayHowMuchMemoryIsMissing()
    {
        final MeshException ex = assertThrows(MeshException.class,
            () -> DriverDirectories.checkSpace(directory.resolve("a/b").toString(), Long.MAX_VALUE, "edge x"));

        assertEquals(ErrorCode.OUT_OF_SHARED_MEMORY, ex.code());
        assertTrue(ex.getMessage().contains("needs " + Long.MAX_VALUE + " bytes, found "), ex.getMessage());
    }

    @Test
    void shouldUseOneDirectoryForThisUserAndDeleteItAtTheEnd() throws IOException
    {
        final Path base = directory.resolve("base");
        try (Transport transport = open(TransportContext.Threading.THREADED);
            Medium one = transport.attach(parse("aeron:udp?group=224.20.30.41:40101|interface=localhost"));
            Medium other = transport.attach(parse("aeron:udp?group=224.20.30.43:40101|interface=localhost")))
        {
            final List<Path> drivers = list(base);
            assertEquals(1, drivers.size(), () -> one.config().toUri() + other.config().toUri());
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(base)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(drivers.get(0))));
        }
        assertEquals(List.of(), list(base));
    }

    @Test
    void shouldStartNoThreadWhenInvoked() throws IOException
    {
        try (Transport transport = open(TransportContext.Threading.INVOKED);
            Medium medium = transport.attach(parse("aeron:udp?group=224.20.30.41:40103|interface=localhost")))
        {
            for (int i = 0; i < 1000; i++)
            {
                transport.doWork(System.nanoTime());
            }
            assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(
                thread -> thread.getName().contains("aeron") || thread.getName().contains("driver")),
                () -> medium.config().toUri() + ": " + Thread.getAllStackTraces().keySet());
        }
    }

    @Test
    void shouldSweepWhatADeadNodeLeft() throws IOException
    {
        final Path base = Files.createDirectories(directory.resolve("base"));
        final Path dead = Files.createDirectory(base.resolve("aeron-4194999-00000001"));
        final Path live = Files.createDirectory(base.resolve("aeron-" + ProcessHandle.current().pid() + "-00000001"));
        final Path foreign = Files.createDirectory(base.resolve("aeron-mine"));
        for (final Path path : List.of(dead, live, foreign))
        {
            Files.setLastModifiedTime(path, FileTime.fromMillis(0));
        }

        DriverDirectories.sweep(base, MeshOs.system().epochClock());

        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(live));
        assertTrue(Files.exists(foreign));
    }

    @Test
    void shouldReplaceADriverThatWasKilled()
    {
        final Path dir = directory.resolve("driver");
        new DriverProcess(dir).kill();
        assertFalse(new DriverProbe(dir.toString(), MeshOs.system().epochClock()).isPresent());

        try (DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), dir))
        {
            assertTrue(new DriverProbe(driver.dir(), MeshOs.system().epochClock()).isPresent());
        }
        assertFalse(Files.exists(dir));
    }

    @Test
    void shouldChooseTheDriverByRule()
    {
        final Path base = Path.of("/base");
        assertEquals("/base/aeron", dir("aeron:ipc", base));
        assertEquals("/base/aeron", dir("aeron:ipc?driver=embedded", base));
        assertEquals("/base/own", dir("aeron:udp?group=224.0.1.1:1", base));
        assertEquals("/base/aeron", dir("aeron:udp?group=224.0.1.1:1|driver=external", base));
        assertEquals("/d", dir("aeron:udp?group=224.0.1.1:1|dir=/d", base));
        assertEquals(DriverMode.EXTERNAL, mode("aeron:ipc"));
        assertEquals(DriverMode.EMBEDDED, mode("aeron:udp?group=224.0.1.1:1"));
        assertEquals(DriverMode.EXTERNAL, mode("aeron:udp?group=224.0.1.1:1|dir=/d"));
        assertEquals(DriverMode.EMBEDDED, mode("aeron:udp?group=224.0.1.1:1|dir=/d|driver=embedded"));
    }

    private EdgeConfig udp(final DatagramSocket socket)
    {
        return parse("aeron:udp?endpoint=127.0.0.1:" + socket.getLocalPort() + "|remote=127.0.0.1:1");
    }

    private String dir(final String uri, final Path base)
    {
        return DriverDirectories.of((AeronEdgeConfig)parse(uri), base, "own");
    }

    private DriverMode mode(final String uri)
    {
        return ((AeronEdgeConfig)parse(uri)).aeron().driver();
    }

    private EdgeConfig parse(final String uri)
    {
        return provider.parse(EdgeUri.parse(uri));
    }

    private Transport open(final TransportContext.Threading threading)
    {
        return provider.open(new TransportContext("node", MeshOs.system(), directory.resolve("base"), threading));
    }

    private static List<Path> list(final Path base) throws IOException
    {
        try (Stream<Path> paths = Files.list(base))
        {
            return paths.toList();
        }
    }
}
