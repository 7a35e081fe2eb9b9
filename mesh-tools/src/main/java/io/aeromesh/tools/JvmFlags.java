package io.aeromesh.tools;

import java.util.ArrayList;
import java.util.List;

/**
 * Flags that a JVM needs to run a node, as the launcher and the jars' manifests set them.
 */
public final class JvmFlags
{
    private static final int UNSAFE_WARNS_SINCE = 23;
    private static final int NATIVE_ACCESS_WARNS_SINCE = 24;

    private JvmFlags()
    {
    }

    /**
     * For the running version of Java.
     */
    public static List<String> forThisJava()
    {
        return forJava(Runtime.version().feature());
    }

    static List<String> forJava(final int feature)
    {
        final List<String> flags = new ArrayList<>(List.of(
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
        if (feature >= UNSAFE_WARNS_SINCE)
        {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (feature >= NATIVE_ACCESS_WARNS_SINCE)
        {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return flags;
    }
}
