package io.aeromesh.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.measure.Rendezvous;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import io.aeromesh.bench.cli.tech.Technologies;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That each way to measure runs to its end; the figures mean nothing.
 */
@Tag("slow")
class BoutTest
{
    @ParameterizedTest
    @Timeout(120)
    @CsvSource({
        "RTT, limit, 32, THREADS", "RTT, limit2, 32, THREADS", "RTT, ring, 32, THREADS", "RTT, aeron-ipc, 32, THREADS",
        "RTT, aeron-ipc, 4096, THREADS", "RTT, disruptor, 32, THREADS", "RTT, uds, 4096, THREADS",
        "RTT, proxy-1, 32, THREADS", "RTT, contexts, 32, THREADS", "RTT, direct, 32, THREADS",
        "THROUGHPUT, direct, 32, THREADS", "RTT, direct-udp, 32, THREADS",
        "RTT, direct-udp, 4096, THREADS",
        "THROUGHPUT, stream-limit, 32, THREADS", "THROUGHPUT, ring, 32, THREADS",
        "BROADCAST, broadcast, 32, THREADS", "HOP, copy, 32, THREAD", "HOP, hop, 32, THREAD",
        "PROXY, proxy-1, 32, THREAD"})
    void shouldMeasure(
        final Case benchCase,
        final String tech,
        final int size,
        final Mode mode,
        @TempDir final Path directory)
    {
        Rendezvous.create(directory);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Job blank = new Job(benchCase, tech, mode, size, 1, "", Plan.PROBE);
        final List<String> variants = Technologies.named(tech).variants(blank);

        final Measured measured = new Bout(blank.variant(variants.get(0)), directory).both(failure::set);

        assertEquals(null, failure.get());
        assertTrue(measured.meanNs() > 0, () -> "mean " + measured.meanNs());
        assertTrue(measured.limitBeforeNs() > 0 && measured.limitAfterNs() > 0, measured::toString);
    }
}
