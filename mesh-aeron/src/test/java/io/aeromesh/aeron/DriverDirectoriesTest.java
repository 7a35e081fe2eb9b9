package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverDirectoriesTest
{
    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {
        "pom.xml", ".git/config", "images/holiday.jpg", "publications/a/b.logbuffer", "cnc.dat/x", "images.logbuffer"})
    void shouldNotStartWhereItWouldDeleteWhatNoDriverMade(final String name) throws IOException
    {
        final Path dir = temp.resolve("dir");
        final Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "precious");
        Files.createDirectories(dir.resolve("publications"));

        final MeshException ex = assertThrows(MeshException.class,
            () -> DriverLauncher.threaded(MeshOs.system(), dir).close());

        assertEquals(ErrorCode.DIRECTORY_UNUSABLE, ex.code());
        assertTrue(ex.getMessage().contains(dir.toString()), ex.getMessage());
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void shouldNotStartInAFileALinkOrNowhere() throws IOException
    {
        final Path file = Files.writeString(temp.resolve("file"), "precious");
        final Path target = Files.createDirectory(temp.resolve("target"));
        final Path link = Files.createSymbolicLink(temp.resolve("link"), target);
        for (final Path dir : new Path[] {file, link, Path.of("")})
        {
            final MeshException ex = assertThrows(MeshException.class,
                () -> DriverLauncher.threaded(MeshOs.system(), dir).close());
            assertEquals(ErrorCode.DIRECTORY_UNUSABLE, ex.code());
        }
        assertEquals("precious", Files.readString(file));
        assertTrue(Files.isDirectory(target));
    }

    @Test
    void shouldAcceptWhatAKilledDriverLeft() throws IOException
    {
        final Path dir = temp.resolve("dir");
        Files.createDirectories(dir.resolve("images"));
        Files.createDirectories(dir.resolve("publications"));
        assertDoesNotThrow(() -> DriverDirectories.requireOnlyDriverFiles(dir));

        Files.writeString(dir.resolve("publications/7.logbuffer"), "");
        Files.writeString(dir.resolve("loss-report.dat"), "");
        assertDoesNotThrow(() -> DriverDirectories.requireOnlyDriverFiles(dir));

        Files.writeString(dir.resolve("cnc.dat"), "");
        assertDoesNotThrow(() -> DriverDirectories.requireOnlyDriverFiles(dir));
        assertDoesNotThrow(() -> DriverDirectories.requireOnlyDriverFiles(temp.resolve("missing")));
    }

    @Test
    void shouldNotTrustTheDriverOfAnotherUser() throws IOException
    {
        final Path dir = Files.createDirectory(temp.resolve("dir"));
        assertDoesNotThrow(() -> DriverDirectories.requireTrusted(dir));
        assertDoesNotThrow(() -> DriverDirectories.requireTrusted(temp.resolve("missing")));
        assumeTrue("root".equals(Users.self().getName()), "only root can give a directory to another user");

        Files.setAttribute(dir, "unix:uid", 65_534);

        final MeshException ex =
            assertThrows(MeshException.class, () -> DriverDirectories.requireTrusted(dir));
        assertEquals(ErrorCode.DIRECTORY_UNUSABLE, ex.code());
        Files.setAttribute(dir, "unix:uid", 0);
    }

    @Test
    void shouldLetNobodyElseIntoWhatADriverMakes() throws IOException
    {
        final Path dir = temp.resolve("dir");
        final DriverLauncher driver = DriverLauncher.threaded(MeshOs.system(), dir);
        try
        {
            for (final Path path : new Path[] {dir, dir.resolve("publications"), dir.resolve("images")})
            {
                assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        finally
        {
            driver.close();
        }
    }
}
