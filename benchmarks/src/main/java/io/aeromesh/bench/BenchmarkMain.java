package io.aeromesh.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import org.openjdk.jmh.Main;

/**
 * Starts JMH with the flags that its forks need: they run from a class path, where a manifest's {@code Add-Opens} has
 * no effect, and the flags differ by JDK version.
 */
public final class BenchmarkMain
{
    private BenchmarkMain()
    {
    }

    /**
     * Takes the arguments of JMH; {@code -jvmArgsPrepend} is taken already, {@code -jvmArgsAppend} is free.
     */
    public static void main(final String[] args) throws IOException
    {
        final List<String> all = new ArrayList<>();
        all.add("-jvmArgsPrepend");
        all.add(String.join(" ", forkFlags(opens(), Runtime.version().feature())));
        all.addAll(List.of(args));
        Main.main(all.toArray(new String[0]));
    }

    private static String[] opens() throws IOException
    {
        try (InputStream in = BenchmarkMain.class.getResourceAsStream("/META-INF/MANIFEST.MF"))
        {
            return new Manifest(in).getMainAttributes().getValue("Add-Opens").split(" ");
        }
    }

    private static List<String> forkFlags(final String[] opens, final int feature)
    {
        final List<String> flags = new ArrayList<>();
        for (final String open : opens)
        {
            flags.add("--add-opens=" + open + "=ALL-UNNAMED");
        }
        // as in production
        flags.add("-Dagrona.disable.bounds.checks=true");
        if (feature >= 23)
        {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (feature >= 24)
        {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }

        return flags;
    }
}
