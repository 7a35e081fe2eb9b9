package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostRegisterTest
{
    private static final String MESH = "mesh";

    @TempDir
    private Path parent;

    @Test
    void shouldNameTheHostWhileItHasItsNameAndTheLock() throws Exception
    {
        final Path base = parent.resolve("base");
        try (UnixPresence ignored = UnixPresence.claim(base, MESH, "host", 0, 1))
        {
            assertNull(HostRegister.find(base, MESH));
            try (AutoCloseable claim = HostRegister.claim(base, MESH, "host"))
            {
                assertEquals("host", HostRegister.find(base, MESH), claim::toString);
            }
            assertNull(HostRegister.find(base, MESH), ignored::toString);
        }
    }

    /** The next host has the lock a moment before its name is written. */
    @Test
    void shouldNotNameTheHostBeforeForTheNextOne() throws Exception
    {
        final Path base = parent.resolve("base");
        try (AutoCloseable next = HostRegister.claim(base, MESH, "dead"))
        {
            assertNull(HostRegister.find(base, MESH), next::toString);
        }
    }
}
