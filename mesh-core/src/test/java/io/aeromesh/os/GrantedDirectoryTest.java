package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantedDirectoryTest
{
    private static final String MESH = "mesh";

    @TempDir
    private Path parent;

    @Test
    void shouldFinishWhatAStartThatWasKilledHadBegun() throws Exception
    {
        final Path directory = GrantedDirectory.of(parent.resolve("base"));
        Files.createDirectory(
            directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        GrantedDirectory.create(directory);

        assertEquals(GrantedDirectory.MODE,
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    /** To read from a pipe would wait for ever for who writes. */
    @Test
    void shouldReadNothingButAFile() throws Exception
    {
        final Path base = parent.resolve("base");
        try (AutoCloseable announced = GrantedDirectory.announce(base, MESH, "host"))
        {
            final String user = Users.self().getName();
            assertEquals("host", GrantedDirectory.find(user, base, MESH), announced::toString);

            final Path file = GrantedDirectory.of(base).resolve(NameLocks.fileName(MESH, 0) + ".host");
            Files.delete(file);
            new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor();

            assertEquals(ErrorCode.DIRECTORY_UNUSABLE,
                assertThrows(MeshException.class, () -> GrantedDirectory.find(user, base, MESH)).code());
        }
    }
}
