package io.aeromesh.tools.demo;

import io.aeromesh.tools.process.Numbers;
import java.util.Locale;

/**
 * A proxy channel over several hops: many small messages each way at once, then all sizes.
 */
final class TransferStep implements Step
{
    static final int MESSAGE_LENGTH = 32;
    static final int WINDOW_LENGTH = 1 << 20;
    /** A message may fill half of the window less its header. */
    private static final int LARGE_WINDOW_LENGTH = 1 << 22;
    private static final int[] LENGTHS = {
        0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 255, 256, 257, 1000, 1023, 1024, 1025,
        1376, 1400, 1408, 1500, 4095, 4096, 4097, 8192, 10_000, 16_384, 65_535, 65_536, 65_537, 100_000, 262_144,
        524_288, 1_048_575, 1_048_576};
    private static final int ROUNDS = 4;

    private final long messages;

    TransferStep(final long messages)
    {
        this.messages = messages;
    }

    @Override
    public String key()
    {
        return "transfer";
    }

    @Override
    public String title()
    {
        return "2  A proxy channel between A and F: " + Numbers.grouped(messages) + " messages of " + MESSAGE_LENGTH +
            " bytes each way at once, then sizes from 0 bytes to 1 MiB";
    }

    @Override
    public void run(final Cluster cluster, final StepReport report)
    {
        final Traffic small = Traffic.open(cluster, "orders", WINDOW_LENGTH, MESSAGE_LENGTH);
        final double smallSeconds = transfer(small, messages, report);
        final double rate = 2 * messages / smallSeconds;
        report.details().put("messages_each_way", messages).put("message_length", MESSAGE_LENGTH)
            .put("msgs_per_s", Math.round(rate));
        report.progress().line(String.format(Locale.ROOT, "%s messages in %.2f s: %s messages/s",
            Numbers.grouped(2 * messages), smallSeconds, Numbers.grouped(Math.round(rate))));

        final Traffic sizes = Traffic.open(cluster, "sizes", LARGE_WINDOW_LENGTH, LENGTHS);
        final long count = (long)ROUNDS * LENGTHS.length;
        final double sizesSeconds = transfer(sizes, count, report);
        long bytes = 0;
        for (final int length : LENGTHS)
        {
            bytes += 2L * ROUNDS * length;
        }
        report.details().put("sizes", LENGTHS.length).put("size_max", LENGTHS[LENGTHS.length - 1])
            .put("sizes_mib_per_s", Numbers.rounded(bytes / sizesSeconds / (1 << 20)));
        report.progress().line(String.format(Locale.ROOT, "%s messages of %d sizes in %.2f s: %.0f MiB/s",
            Numbers.grouped(2 * count), LENGTHS.length, sizesSeconds, bytes / sizesSeconds / (1 << 20)));
    }

    private static double transfer(final Traffic traffic, final long count, final StepReport report)
    {
        final long startNs = System.nanoTime();
        try
        {
            traffic.send(count);
            traffic.drain(count);
            return (System.nanoTime() - startNs) / 1e9;
        }
        finally
        {
            report.add(traffic);
            traffic.end();
        }
    }
}
