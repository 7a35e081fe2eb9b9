package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.NameLocks;
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
    private static final String MESH = "default";

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

            assertEquals(ErrorCode.ADDRESS_UNUSABLE, ex.code());
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

    /** A file that can not be mapped, as one that lost its permissions can not be opened but by a superuser. */
    @Test
    void shouldTakeADriverWhoseFileCanNotBeReadForAbsent() throws IOException
    {
        final Path unmappable = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        assumeTrue(Files.isReadable(unmappable), () -> "no such file: " + unmappable);
        final Path dir = Files.createDirectory(directory.resolve("driver"));
        Files.createSymbolicLink(dir.resolve("cnc.dat"), unmappable);

        assertFalse(new DriverProbe(dir.toString(), MeshOs.system().epochClock(), DriverSettings.DEFAULT).isPresent());
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
        final Path base = directory.resolve("base");
        DriverDirectories.ensureOwned(base);
        final Path dead = driverDirectoryOf(base, "dead", 1);
        final Path live = driverDirectoryOf(base, "live", 1);
        final Path foreign = Files.createDirectory(base.resolve("aeron-mine"));
        try (HostPresence presence = MeshOs.system().claimName(base, MESH, "live", 1, 2))
        {
            sweepAs(base, "other", 1);

            assertFalse(Files.exists(dead));
            assertTrue(Files.exists(live), presence::toString);
            assertTrue(Files.exists(foreign));
        }
    }

    /**
     * A killed node's process has the number of a live one wherever both are the first of their namespaces, and its
     * driver's last heartbeat is fresh for a while: neither may keep its memory when its name runs anew.
     */
    @Test
    void shouldSweepAtOnceWhatThePredecessorOfThisNameLeft() throws IOException
    {
        final Path base = directory.resolve("base");
        DriverDirectories.ensureOwned(base);
        try (HostPresence presence = MeshOs.system().claimName(base, MESH, "again", 1, 2);
            DriverLauncher left = DriverLauncher.threaded(MeshOs.system(), driverDirectoryOf(base, "again", 1)))
        {
            final Path own = driverDirectoryOf(base, "again", 2);
            assertTrue(new DriverProbe(left.dir(), MeshOs.system().epochClock(), DriverSettings.DEFAULT).isPresent());

            sweepAs(base, "again", 2);

            assertFalse(Files.exists(Path.of(left.dir())), presence::toString);
            assertTrue(Files.exists(own));
        }
    }

    private static Path driverDirectoryOf(final Path base, final String node, final long random) throws IOException
    {
        return Files.createDirectory(
            base.resolve(DriverDirectories.privateName(NameLocks.fileName(MESH, node), random)));
    }

    private static void sweepAs(final Path base, final String node, final long random)
    {
        final String nameFile = NameLocks.fileName(MESH, node);
        DriverDirectories.sweep(base, nameFile, DriverDirectories.privateName(nameFile, random),
            MeshOs.system().epochClock());
    }

    @Test
    void shouldReplaceADriverThatWasKilled()
    {
        final Path dir = directory.resolve("driver");
        new DriverProcess(dir).kill();
        assertFalse(new DriverProbe(dir.toString(), MeshOs.system().epochClock(), DriverSettings.DEFAULT).isPresent());

        try (DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), dir))
        {
            assertTrue(new DriverProbe(driver.dir(), MeshOs.system().epochClock(), DriverSettings.DEFAULT).isPresent());
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
