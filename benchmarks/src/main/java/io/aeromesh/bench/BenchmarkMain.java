package io.aeromesh.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        final List<String> all = new ArrayList<>(List.of("-jvmArgsPrepend", forkFlags(Runtime.version().feature())));
        all.addAll(List.of(args));
        Main.main(all.toArray(new String[0]));
    }

    static String forkFlags(final int feature)
    {
        final List<String> flags = new ArrayList<>(List.of(
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Dagrona.disable.bounds.checks=true"));
        if (feature >= 23)
        {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (feature >= 24)
        {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }

        return String.join(" ", flags);
    }
}
