package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShmDirectoryTest
{
    private static final ShmEdgeConfig CONFIG = ShmEdgeConfig.link("link");

    @TempDir
    private Path tempDirectory;

    @Test
    void shouldMakeDirectoryAndFilesForThisUserOnly() throws IOException
    {
        final Path path = tempDirectory.resolve("a/b");
        try (Medium medium = transport(path, FreeSpace.OF_FILE_STORE).attach(CONFIG))
        {
            assertEquals("rwx------", mode(path));
            assertEquals("rw-------", mode(path.resolve(LinkId.of("link").fileName() + ".lock")));
            assertNotNull(medium);
        }
    }

    @Test
    void shouldRefuseADirectoryThatOthersMayEnter() throws IOException
    {
        final Path path = tempDirectory.resolve("open");
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));

        final MeshException ex = assertThrows(
            MeshException.class, () -> transport(path, FreeSpace.OF_FILE_STORE).attach(CONFIG));
        assertEquals(ErrorCode.DIRECTORY_UNUSABLE, ex.code());
        assertTrue(ex.getMessage().contains("rwxr-x---"), ex.getMessage());
        assertTrue(ex.getMessage().contains("rwx------"), ex.getMessage());
    }

    @Test
    void shouldRefuseADirectoryOfAnotherUser() throws IOException
    {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a directory away");
        final Path path = tempDirectory.resolve("theirs");
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setAttribute(path, "unix:uid", 65534);
        final String owner = Files.getOwner(path).getName();

        final MeshException ex = assertThrows(
            MeshException.class, () -> transport(path, FreeSpace.OF_FILE_STORE).attach(CONFIG));
        assertEquals(ErrorCode.DIRECTORY_UNUSABLE, ex.code());
        assertTrue(ex.getMessage().contains("owner is " + owner), ex.getMessage());
    }

    @Test
    void shouldRefuseAFileAndALongPath() throws IOException
    {
        final Path file = Files.createFile(tempDirectory.resolve("file"));
        final Path longPath = tempDirectory.resolve("x".repeat(100));

        for (final Path path : new Path[] {file, longPath, file.resolve("below")})
        {
            final MeshException ex = assertThrows(
                MeshException.class, () -> transport(path, FreeSpace.OF_FILE_STORE).attach(CONFIG));
            assertEquals(ErrorCode.DIRECTORY_UNUSABLE, ex.code());
            assertTrue(ex.getMessage().contains(path.toString()), ex.getMessage());
        }
        assertFalse(Files.exists(longPath));
    }

    @Test
    void shouldSayBytesNeededAndFoundWhenMemoryIsShort()
    {
        final long length = RingFile.length(CONFIG.controlLength(), CONFIG.dataLength());

        final MeshException ex = assertThrows(MeshException.class,
            () -> transport(tempDirectory.resolve("full"), (directory) -> length - 1).attach(CONFIG));
        assertEquals(ErrorCode.OUT_OF_SHARED_MEMORY, ex.code());
        assertTrue(ex.getMessage().contains("need " + length), ex.getMessage());
        assertTrue(ex.getMessage().contains("found " + (length - 1)), ex.getMessage());
    }

    @Test
    void shouldFailCleanlyWhenTheFileSystemFillsUpMeanwhile() throws IOException, InterruptedException
    {
        final Path mount = Files.createDirectory(tempDirectory.resolve("mount"));
        assumeTrue(0 == run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", mount.toString()),
            "may not mount");
        try
        {
            final ShmDirectory directory = ShmDirectory.open(mount.resolve("shm"), (path) -> Long.MAX_VALUE);
            final MeshException ex = assertThrows(MeshException.class,
                () -> RingFile.create(directory, directory.file("file.ring"), 65536, 1 << 20));
            assertEquals(ErrorCode.OUT_OF_SHARED_MEMORY, ex.code());
            assertFalse(Files.exists(directory.file("file.ring")));
        }
        finally
        {
            run("umount", mount.toString());
        }
    }

    @Test
    void shouldSweepFilesOfDeadProcessesAndNoOthers() throws IOException
    {
        final Path path = tempDirectory.resolve("shm");
        final ShmDirectory directory = ShmDirectory.open(path, FreeSpace.OF_FILE_STORE);
        final String dead = LinkId.of("dead").fileName();
        final String alive = LinkId.of("alive").fileName();
        for (final String link : new String[] {dead, alive})
        {
            Files.createFile(directory.file(link + ".0123456789abcdef.ring"));
            Files.createFile(directory.file(link + ".sock"));
        }
        Files.createFile(directory.file("stranger.ring"));

        try (LinkLock linkLock = LinkLock.open(directory, alive); FileLock lock = linkLock.tryLock())
        {
            assertNotNull(lock);
            transport(path, FreeSpace.OF_FILE_STORE).attach(CONFIG).close();

            assertFalse(Files.exists(directory.file(dead + ".0123456789abcdef.ring")));
            assertFalse(Files.exists(directory.file(dead + ".sock")));
            assertTrue(Files.exists(directory.file(alive + ".0123456789abcdef.ring")));
            assertTrue(Files.exists(directory.file(alive + ".sock")));
            assertTrue(Files.exists(directory.file("stranger.ring")));
        }
    }

    @Test
    void shouldGiveALinksLockToOneNodeOfAProcessAtATime() throws IOException
    {
        final ShmDirectory directory = ShmDirectory.open(tempDirectory.resolve("shm"), FreeSpace.OF_FILE_STORE);
        try (LinkLock other = LinkLock.open(directory, "link"))
        {
            try (LinkLock one = LinkLock.open(directory, "link"); FileLock lock = one.tryLock())
            {
                assertNotNull(lock);
                assertNull(other.tryLock());
                directory.sweep();
                assertNull(other.tryLock());
            }
            assertNotNull(other.tryLock());
        }
    }

    @Test
    void shouldValidateItsConfiguration()
    {
        final ShmEdgeConfig config = new ShmEdgeConfig(EdgeOptions.DEFAULT, "link", Path.of("/dir"), 1 << 20, 1 << 16);
        assertEquals("shm:link?dir=/dir", config.toUri());
        assertThrows(MeshException.class, () -> new ShmEdgeConfig(EdgeOptions.DEFAULT, "a/b", null, 1 << 20, 1 << 16));
        assertThrows(MeshException.class, () -> new ShmEdgeConfig(EdgeOptions.DEFAULT, "a", null, 1000, 1 << 16));
        assertThrows(MeshException.class, () -> new ShmEdgeConfig(EdgeOptions.DEFAULT, "a", null, 1 << 20, 0));
    }

    private static Transport transport(final Path path, final FreeSpace freeSpace)
    {
        return new ShmTransportProvider(freeSpace).open(
            new TransportContext("node-a", MeshOs.system(), path, TransportContext.Threading.INVOKED));
    }

    private static String mode(final Path path) throws IOException
    {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static int run(final String... command) throws IOException, InterruptedException
    {
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
}
