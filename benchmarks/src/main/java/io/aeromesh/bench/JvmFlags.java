package io.aeromesh.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;

/**
 * Flags of the JVMs that measure: they run from a class path, where a manifest's {@code Add-Opens} has no effect, and
 * the flags differ by JDK version.
 */
public final class JvmFlags
{
    private static final int UNSAFE_WARNS_SINCE = 23;
    private static final int NATIVE_ACCESS_WARNS_SINCE = 24;

    private JvmFlags()
    {
    }

    /**
     * For the running version of Java, with the packages that this jar's manifest opens.
     */
    public static List<String> forThisJava() throws IOException
    {
        return forJava(Runtime.version().feature());
    }

    /**
     * For a version of Java, with the packages that this jar's manifest opens.
     *
     * @param feature such as 17.
     */
    public static List<String> forJava(final int feature) throws IOException
    {
        try (InputStream in = JvmFlags.class.getResourceAsStream("/META-INF/MANIFEST.MF"))
        {
            final String opens = new Manifest(in).getMainAttributes().getValue("Add-Opens");
            return forJava(opens == null ? "" : opens, feature);
        }
    }

    static List<String> forJava(final String opens, final int feature)
    {
        final List<String> flags = new ArrayList<>();
        for (final String open : opens.trim().split(" +"))
        {
            if (!open.isEmpty())
            {
                flags.add("--add-opens=" + open + "=ALL-UNNAMED");
            }
        }
        // as in production
        flags.add("-Dagrona.disable.bounds.checks=true");
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
