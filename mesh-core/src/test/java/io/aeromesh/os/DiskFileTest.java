package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiskFileTest
{
    private static final String NAME = "node.peers";

    @TempDir
    private Path temp;

    @Test
    void shouldKeepTheLatestOverARestart() throws IOException
    {
        final Path directory = temp.resolve("made/anew");
        try (KeptFile file = MeshOs.system().keep(directory, NAME))
        {
            assertEquals(0, file.read().length);
            for (int i = 0; i < 100; i++)
            {
                file.write(new byte[] {1, (byte)i});
            }
        }
        try (KeptFile file = MeshOs.system().keep(directory, NAME))
        {
            assertArrayEquals(new byte[] {1, 99}, file.read());
            assertNull(file.takeError());
        }
        assertEquals(List.of(NAME), names(directory));
        assertEquals("rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(NAME))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    @Test
    void shouldLeaveWhatWasKeptWhenAWriteWasCutShort() throws IOException
    {
        Files.write(temp.resolve(NAME), new byte[] {1});
        Files.write(temp.resolve(NAME + ".tmp"), new byte[] {2});
        try (KeptFile file = MeshOs.system().keep(temp, NAME))
        {
            assertArrayEquals(new byte[] {1}, file.read());
        }
        assertEquals(List.of(NAME), names(temp));
    }

    @Test
    void shouldSetAsideAndBeginAnew() throws IOException
    {
        Files.write(temp.resolve(NAME), new byte[] {1});
        try (KeptFile file = MeshOs.system().keep(temp, NAME))
        {
            final String aside = file.setAside();
            assertTrue(aside.contains(NAME + ".damaged-"), aside);
            assertArrayEquals(new byte[] {1}, Files.readAllBytes(Path.of(aside)));
            assertEquals(0, file.read().length);
            file.write(new byte[] {2});
        }
        assertArrayEquals(new byte[] {2}, Files.readAllBytes(temp.resolve(NAME)));
        assertEquals(2, names(temp).size());
    }

    @Test
    void shouldReadNoMoreThanItKeeps() throws IOException
    {
        Files.write(temp.resolve(NAME), new byte[KeptFile.LENGTH_MAX + 1]);
        try (KeptFile file = MeshOs.system().keep(temp, NAME))
        {
            assertEquals(KeptFile.LENGTH_MAX, file.read().length);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheDirectory() throws IOException
    {
        final Path noDirectory = temp.resolve("file");
        Files.write(noDirectory, new byte[1]);
        for (final Path bad : List.of(noDirectory, noDirectory.resolve("below"), Path.of("/proc/none")))
        {
            final MeshException error =
                assertThrows(MeshException.class, () -> MeshOs.system().keep(bad, NAME), bad.toString());
            assertEquals(ErrorCode.DIRECTORY_UNUSABLE, error.code());
            assertTrue(error.getMessage().contains(bad.toString()), error.getMessage());
        }
    }

    @Test
    void shouldSayThatItCanNotBeWritten() throws IOException
    {
        final Path directory = temp.resolve("gone");
        final KeptFile file = MeshOs.system().keep(directory, NAME);
        Files.delete(directory);
        file.write(new byte[] {1});
        file.close();
        final MeshException error = file.takeError();
        assertNotNull(error);
        assertEquals(ErrorCode.MEMORY_NOT_KEPT, error.code());
        assertTrue(error.getMessage().contains(directory.resolve(NAME).toString()), error.getMessage());
        assertNull(file.takeError());
    }

    @Test
    void shouldSayThatItCanNotBeRead() throws IOException
    {
        Files.createDirectory(temp.resolve(NAME));
        try (KeptFile file = MeshOs.system().keep(temp, NAME))
        {
            assertEquals(ErrorCode.MEMORY_DAMAGED, assertThrows(MeshException.class, file::read).code());
            assertTrue(file.setAside().contains(".damaged-"));
            file.write(new byte[] {3});
        }
        assertFalse(Files.isDirectory(temp.resolve(NAME)));
    }

    private static List<String> names(final Path directory) throws IOException
    {
        try (Stream<Path> all = Files.list(directory))
        {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
