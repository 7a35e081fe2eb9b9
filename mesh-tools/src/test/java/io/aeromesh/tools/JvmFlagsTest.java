package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest
{
    @Test
    void shouldOpenWhatTheBuildOpens()
    {
        final List<String> flags = JvmFlags.forJava(17);

        assertTrue(flags.contains("java.base/jdk.internal.misc=ALL-UNNAMED"), flags::toString);
        assertTrue(flags.contains("java.base/sun.nio.ch=ALL-UNNAMED"), flags::toString);
        assertFalse(flags.toString().contains("$" + "{"), flags::toString);
    }

    @Test
    void shouldNameOnlyWhatAVersionKnows()
    {
        final int opens = JvmFlags.forJava(17).size();

        assertEquals(opens, JvmFlags.forJava(22).size());
        assertEquals(opens + 1, JvmFlags.forJava(23).size());
        assertTrue(JvmFlags.forJava(25).containsAll(
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")));
    }
}
