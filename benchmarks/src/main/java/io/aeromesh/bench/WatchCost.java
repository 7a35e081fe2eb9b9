package io.aeromesh.bench;

import io.aeromesh.watch.NodeWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;

/**
 * What it costs nodes that another process reads all they tell ten times a second: messages of 32 bytes through a proxy
 * channel over one relay, all nodes on one thread, in windows with and without that reader by turns. Prints the median
 * and the quartiles of the ratio within pairs of windows: below 1 the reader costs something.
 * <p>
 * {@code java -Dagrona.disable.bounds.checks=true -jar benchmarks/target/benchmarks.jar watch [PAIRS]}
 */
public final class WatchCost
{
    private static final String READER = "reader";
    private static final int PAIRS_DEFAULT = 100;
    private static final int WARM_UP_PAIRS = 5;
    private static final int MESSAGE_LENGTH = 32;
    private static final int BURST = 256;
    private static final int CHUNK = 10_000;
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final byte ON = '1';

    private WatchCost()
    {
    }

    /**
     * Runs it; with {@code reader DIR} it is the reader, told by its input when to look.
     */
    public static void main(final String[] args) throws IOException
    {
        if (args.length == 2 && READER.equals(args[0]))
        {
            read(Path.of(args[1]));
            return;
        }
        final int pairs = args.length > 0 ? Integer.parseInt(args[0]) : PAIRS_DEFAULT;
        final Path shm = Path.of("/dev/shm");
        final Path base = Files.isDirectory(shm) ? Files.createTempDirectory(shm, "mesh-watch") :
            Files.createTempDirectory("mesh-watch");
        final Process reader = startReader(base);
        try (ProxyChain chain = new ProxyChain(1, MESSAGE_LENGTH, base))
        {
            final double[] ratios = new double[pairs];
            for (int i = -WARM_UP_PAIRS; i < pairs; i++)
            {
                final boolean isWatchedFirst = (i & 1) == 0;
                final double first = window(chain, reader, isWatchedFirst);
                final double second = window(chain, reader, !isWatchedFirst);
                if (i >= 0)
                {
                    ratios[i] = isWatchedFirst ? first / second : second / first;
                }
            }
            Arrays.sort(ratios);
            System.out.printf(Locale.ROOT,
                "throughput watched beside unwatched: median %.4f, quartiles %.4f to %.4f, " +
                    "%d pairs%n",
                ratios[pairs / 2], ratios[pairs / 4], ratios[pairs * 3 / 4], pairs);
        }
        finally
        {
            reader.destroyForcibly();
            IoUtil.delete(base.toFile(), true);
        }
    }

    /**
     * @return messages in a nanosecond.
     */
    private static double window(final ProxyChain chain, final Process reader, final boolean isWatched)
    {
        tell(reader, isWatched);
        final long startNs = System.nanoTime();
        long nowNs = startNs;
        long messages = 0;
        while (nowNs - startNs < WINDOW_NS)
        {
            chain.send(CHUNK, BURST);
            messages += CHUNK;
            nowNs = System.nanoTime();
        }
        tell(reader, false);
        return (double)messages / (nowNs - startNs);
    }

    private static void tell(final Process reader, final boolean isOn)
    {
        try
        {
            reader.getOutputStream().write(isOn ? ON : '0');
            reader.getOutputStream().flush();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static Process startReader(final Path base) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        command.addAll(List.of("-XX:+UseSerialGC", "-Dfile.encoding=" + StandardCharsets.UTF_8, "-cp",
            System.getProperty("java.class.path"), WatchCost.class.getName(), READER, base.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void read(final Path base) throws IOException
    {
        boolean isOn = false;
        while (true)
        {
            while (!isOn || System.in.available() > 0)
            {
                final int told = System.in.read();
                if (told < 0)
                {
                    return;
                }
                isOn = told == ON;
            }
            if (NodeWatch.read(base).nodes().isEmpty())
            {
                throw new IllegalStateException("no node in " + base);
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
    }
}
