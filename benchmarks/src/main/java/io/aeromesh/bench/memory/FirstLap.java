package io.aeromesh.bench.memory;

import io.aeromesh.os.MeshOs;
import io.aeromesh.shm.ShmMemoryProvider;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes 64-byte records all over a mapping, in order and then at random, and prints how long the slowest took and how
 * many page faults the thread had: once over a file that is only filled and mapped, once over memory of the mesh, which
 * has touched each page. The base directory decides on huge pages.
 * <p>
 * Arguments: base directory, MiB (default 64).
 */
public final class FirstLap
{
    private static final int RECORD_LENGTH = 64;
    private static final long LONGEST_NS = 1_000_000_000L;
    private static final int MINOR_FAULTS_FIELD = 7; // behind the name, which is in brackets

    private FirstLap()
    {
    }

    /**
     * Runs it.
     */
    public static void main(final String[] args) throws IOException
    {
        final Path base = Path.of(args[0]);
        final int length = (args.length > 1 ? Integer.parseInt(args[1]) : 64) << 20;
        Files.createDirectories(base);
        final UnsafeBuffer warm = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 20));
        for (int i = 0; i < 20; i++)
        {
            lap("warm-up", warm, false, false);
            lap("warm-up", warm, true, false);
        }

        final Path plain = base.resolve("plain");
        try (FileChannel channel = FileChannel.open(
            plain, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final ByteBuffer zeros = ByteBuffer.allocateDirect(64 * 1024);
            while (channel.size() < length)
            {
                zeros.clear();
                channel.write(zeros, channel.size());
            }
            laps("mapped", new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, length)));
        }
        finally
        {
            Files.delete(plain);
        }
        try (SharedMemory memory = new ShmMemoryProvider().open(
            new SharedMemoryProvider.Context("first-lap", "benchmark", 1, 1, MeshOs.system(), base));
            SharedRegion region = memory.create(length))
        {
            laps("touched", region.buffer());
        }
    }

    private static void laps(final String what, final UnsafeBuffer memory) throws IOException
    {
        lap(what + ", first lap", memory, false, true);
        lap(what + ", second lap", memory, false, true);
        lap(what + ", at random", memory, true, true);
    }

    private static void lap(
        final String what, final UnsafeBuffer memory, final boolean isRandom, final boolean isPrinted)
        throws IOException
    {
        final Histogram times = new Histogram(LONGEST_NS, 3);
        final SplittableRandom random = new SplittableRandom(1);
        final int records = memory.capacity() / RECORD_LENGTH;
        final long faultsBefore = minorFaults();
        long beforeNs = System.nanoTime();
        for (int i = 0; i < records; i++)
        {
            final int offset = (isRandom ? random.nextInt(records) : i) * RECORD_LENGTH;
            for (int word = 0; word < RECORD_LENGTH; word += Long.BYTES)
            {
                memory.putLong(offset + word, i);
            }
            final long nowNs = System.nanoTime();
            times.recordValue(Math.min(LONGEST_NS, nowNs - beforeNs));
            beforeNs = nowNs;
        }
        if (isPrinted)
        {
            System.out.printf(Locale.ROOT, "%-20s mean %7.1f ns  p99 %6d  p99.9 %6d  max %8d ns  faults %d%n", what,
                times.getMean(), times.getValueAtPercentile(99), times.getValueAtPercentile(99.9), times.getMaxValue(),
                minorFaults() - faultsBefore);
        }
    }

    private static long minorFaults() throws IOException
    {
        final String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[MINOR_FAULTS_FIELD]);
    }
}
