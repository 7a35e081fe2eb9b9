package io.aeromesh.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Flags that a JVM needs to run a node. The opened packages are those of the jar's manifest, said once in the build.
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
        final List<String> flags = new ArrayList<>();
        for (final String opened : opens().trim().split(" +"))
        {
            flags.add("--add-opens");
            flags.add(opened + "=ALL-UNNAMED");
        }
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

    private static String opens()
    {
        try
        {
            return VersionProvider.properties().getProperty("opens");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
