package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UnixPresenceTest implements HostPresence.DeathListener
{
    private static final String MESH = "mesh";
    private static final int STARTS = 200;

    @TempDir
    private Path parent;
    private Path base;
    private final List<String> ended = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private long nowNs;

    @BeforeEach
    void chooseDirectory()
    {
        base = parent.resolve("base");
    }

    @Test
    void shouldTellTheEndOfAWatchedProcessOnce()
    {
        final UnixPresence b = claim("b", 2);
        try (UnixPresence a = claim("a", 1))
        {
            a.watch("b", 0, 2);
            a.watch("b", 0, 2);
            look(a, b, 10);
            assertTrue(ended.isEmpty());

            b.close();
            look(a, a, 10);

            assertEquals(List.of("b 2"), ended);
        }
    }

    @Test
    void shouldLetTwoMakeTheDirectoriesAtOnce() throws Exception
    {
        for (int i = 0; i < STARTS; i++)
        {
            base = parent.resolve("base" + i);
            final CyclicBarrier start = new CyclicBarrier(2);
            final CompletableFuture<UnixPresence> other = CompletableFuture.supplyAsync(() -> claim(start, "b", 2));
            claim(start, "a", 1).close();
            other.get().close();
        }
    }

    private UnixPresence claim(final CyclicBarrier start, final String name, final long instance)
    {
        try
        {
            start.await();
            return claim(name, instance);
        }
        catch (final InterruptedException | BrokenBarrierException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void shouldLetTheNameGoWhenItsSocketCanNotBeMade() throws IOException
    {
        claim("a", 1).close();
        final Path socket = base.resolve("names").resolve(socketName());
        Files.createDirectories(socket.resolve("in the way"));
        assertEquals(ErrorCode.DIRECTORY_UNUSABLE,
            assertThrows(MeshException.class, () -> claim("a", 2)).code());
        Files.delete(socket.resolve("in the way"));
        Files.delete(socket);

        claim("a", 3).close();
    }

    /** As some systems do to a user who logs out, while the node goes on. */
    @Test
    void shouldLetBeWhatASuccessorMadeAfterAllWasDeleted() throws IOException
    {
        final UnixPresence first = claim("a", 1);
        try (Stream<Path> files = Files.list(base.resolve("names")))
        {
            for (final Path file : files.toList())
            {
                Files.delete(file);
            }
        }
        try (UnixPresence second = claim("a", 2))
        {
            first.close();
            assertTrue(Files.exists(base.resolve("names").resolve(socketName())));
            assertTrue(second.isAlive(NodeIds.idOf("a")));
        }
    }

    private String socketName() throws IOException
    {
        try (Stream<Path> files = Files.list(base.resolve("names")))
        {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".lock"))
                .map(name -> name.replace(".lock", ".sock")).findFirst().orElseThrow();
        }
    }

    @Test
    void shouldNotTellOfAnotherInstanceUnderThatName()
    {
        final UnixPresence b = claim("b", 3);
        try (UnixPresence a = claim("a", 1))
        {
            a.watch("b", 0, 2);
            look(a, b, 10);
            b.close();
            look(a, a, 10);
            assertTrue(ended.isEmpty());
            assertEquals(List.of("b 2"), lost);
        }
    }

    /** It looks like somebody who never was on this host: who shares memory with it has to look into that. */
    @Test
    void shouldSayThatTheWatchIsLostWhenAProcessEndsBeforeItHasGreeted()
    {
        final UnixPresence b = claim("b", 2);
        try (UnixPresence a = claim("a", 1))
        {
            a.watch("b", 0, 2);
            b.close(); // without a turn in which it could greet
            look(a, a, 10);
            assertTrue(ended.isEmpty());
            assertEquals(List.of("b 2"), lost);
        }
    }

    /** Found by fuzzing: what came behind the greeting was taken for a part of it. */
    @Test
    void shouldTellTheEndOfAProcessThatHadMoreToSayThanItsInstance() throws IOException
    {
        claim("b", 2).close();
        final Path path = base.resolve("names").resolve(socketName());
        try (UnixPresence a = claim("a", 1);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX))
        {
            server.bind(UnixDomainSocketAddress.of(path));
            a.watch("b", 0, 2);
            try (SocketChannel b = server.accept())
            {
                b.write(ByteBuffer.allocate(24).putLong(0).putLong(2).putLong(3).flip());
                look(a, a, 10);
            }
            look(a, a, 10);
        }

        assertEquals(List.of("b 2"), ended);
        assertTrue(lost.isEmpty());
    }

    @Test
    void shouldWatchInVainWhoIsNotOnThisHost()
    {
        try (UnixPresence a = claim("a", 1))
        {
            a.watch("elsewhere", 0, 2);
            look(a, a, 10);
            assertTrue(ended.isEmpty());
            assertEquals(List.of("elsewhere 2"), lost);
        }
    }

    @Test
    void shouldRefuseATakenNameAndFreeItOnClose()
    {
        final UnixPresence first = claim("a", 1);
        final MeshException taken = assertThrows(MeshException.class, () -> claim("a", 2));
        assertEquals(ErrorCode.NAME_TAKEN, taken.code());
        first.close();
        claim("a", 3).close();
    }

    @Test
    void shouldAllowTheNameInAnotherMesh()
    {
        try (UnixPresence a = claim("a", 1); UnixPresence other = UnixPresence.claim(base, "other", "a", 0, 2))
        {
            look(a, other, 1);
        }
    }

    @Test
    void shouldRefuseADirectoryThatOthersCanEnter() throws IOException
    {
        Files.createDirectory(base,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        final MeshException unusable = assertThrows(MeshException.class, () -> claim("a", 1));
        assertEquals(ErrorCode.DIRECTORY_UNUSABLE, unusable.code());
        assertTrue(unusable.getMessage().contains("rwxr-xr-x"), unusable.getMessage());
    }

    @Test
    void shouldRefuseABaseTooLongForASocket()
    {
        final MeshException unusable = assertThrows(MeshException.class,
            () -> UnixPresence.claim(base.resolve("x".repeat(100)), MESH, "a", 0, 1));
        assertEquals(ErrorCode.DIRECTORY_UNUSABLE, unusable.code());
        assertTrue(unusable.getMessage().contains("107"), unusable.getMessage());
    }

    @Override
    public void onProcessEnded(final String peerName, final long instanceHigh, final long instanceLow)
    {
        ended.add(peerName + " " + instanceLow);
    }

    @Override
    public void onWatchLost(final String peerName, final long instanceHigh, final long instanceLow)
    {
        lost.add(peerName + " " + instanceLow);
    }

    private UnixPresence claim(final String name, final long instance)
    {
        return UnixPresence.claim(base, MESH, name, 0, instance);
    }

    private void look(final HostPresence first, final HostPresence second, final int times)
    {
        for (int i = 0; i < times; i++)
        {
            nowNs += TimeUnit.MILLISECONDS.toNanos(2);
            first.doWork(nowNs, this);
            second.doWork(nowNs, this);
        }
    }
}
