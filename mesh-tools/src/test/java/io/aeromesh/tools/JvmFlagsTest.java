package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest
{
    @Test
    void shouldNameOnlyWhatAVersionKnows()
    {
        assertEquals(4, JvmFlags.forJava(17).size());
        assertEquals(5, JvmFlags.forJava(23).size());
        assertTrue(JvmFlags.forJava(25).containsAll(
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")));
    }
}
