package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest
{
    @Test
    void shouldNameEachMissingFlag()
    {
        final MeshException missing = assertThrows(MeshException.class,
            () -> JvmFlags.requireOpen("a test", List.of("jdk.internal.misc", "java.util.zip")));
        assertEquals(ErrorCode.JVM_FLAGS_MISSING, missing.code());
        assertTrue(missing.getMessage().contains("--add-opens java.base/java.util.zip=ALL-UNNAMED"),
            missing.getMessage());
        assertFalse(missing.getMessage().contains("jdk.internal.misc"), missing.getMessage());
    }

    @Test
    void shouldBeContentWithWhatTheBuildOpens()
    {
        assertDoesNotThrow(() -> JvmFlags.requireOpen("a test", List.of("jdk.internal.misc", "sun.nio.ch")));
    }
}
