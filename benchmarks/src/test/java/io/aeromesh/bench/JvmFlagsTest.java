package io.aeromesh.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest
{
    @Test
    void shouldOpenWhatTheManifestOpens()
    {
        assertEquals(List.of("--add-opens=java.base/a=ALL-UNNAMED", "--add-opens=java.base/b=ALL-UNNAMED",
            "-Dagrona.disable.bounds.checks=true"), JvmFlags.forJava("java.base/a java.base/b", 17));
    }

    @Test
    void shouldAllowWhatNewerVersionsWarnOf()
    {
        assertTrue(JvmFlags.forJava("", 23).contains("--sun-misc-unsafe-memory-access=allow"));
        assertTrue(JvmFlags.forJava("", 25).contains("--enable-native-access=ALL-UNNAMED"));
    }
}
