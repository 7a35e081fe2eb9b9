package io.aeromesh.bench;

import io.aeromesh.bench.cli.Bench;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
     * Takes the arguments of JMH, or {@code bench} and those of {@code mesh bench}, or {@code watch} and those of
     * {@link WatchCost}. Of JMH, {@code -jvmArgsPrepend} is
     * taken already, {@code -jvmArgsAppend} is free.
     */
    public static void main(final String[] args) throws IOException
    {
        if (args.length > 0 && "bench".equals(args[0]))
        {
            Bench.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        if (args.length > 0 && "watch".equals(args[0]))
        {
            WatchCost.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        final List<String> all = new ArrayList<>();
        all.add("-jvmArgsPrepend");
        all.add(String.join(" ", JvmFlags.forThisJava()));
        all.addAll(List.of(args));
        Main.main(all.toArray(new String[0]));
    }
}
