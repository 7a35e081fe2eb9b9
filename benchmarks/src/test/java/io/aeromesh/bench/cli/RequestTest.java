package io.aeromesh.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Mode;
import io.aeromesh.bench.cli.tech.Technologies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequestTest
{
    private static Request parse(final String benchCase, final String sizes, final String techs, final String mode)
    {
        return Request.parse(benchCase, sizes, techs, mode, 1, Plan.QUICK);
    }

    @Test
    void shouldTakeAllOfACaseByDefault()
    {
        final Request request = parse("rtt", null, null, null);
        assertEquals(Case.RTT, request.benchCase());
        assertEquals(List.of(32, 4096), request.sizes());
        assertEquals(Technologies.of(Case.RTT), request.techs());
        assertEquals(Mode.PROCESSES, request.mode());
        assertEquals(List.of(1), request.fanouts());
    }

    @Test
    void shouldReadSizesAndTechs()
    {
        final Request request = parse("throughput", "32,4k,1m", "ring,AERON-IPC", "threads");
        assertEquals(List.of(32, 4096, 1 << 20), request.sizes());
        assertEquals(List.of("ring", "aeron-ipc"), request.techs());
        assertEquals(Mode.THREADS, request.mode());
    }

    @Test
    void shouldMeasureOneThreadWhereACaseHasOne()
    {
        assertEquals(Mode.THREAD, parse("hop", null, null, null).mode());
    }

    @Test
    void shouldBroadcastToOneTwoAndThree()
    {
        assertEquals(List.of(1, 2, 3), parse("broadcast", null, null, null).fanouts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rttt | 32 | ring | threads | no case 'rttt' | rtt, throughput, hop",
        "rtt | 7 | ring | threads | size 7 | 8 to 4 MiB",
        "rtt | 5m | ring | threads | size 5m | 8 to 4 MiB",
        "rtt | big | ring | threads | 'big' is no size | 8 to 4 MiB",
        "rtt | 32 | rings | threads | no tech 'rings' | ring, aeron-ipc",
        "rtt | 32 | ring | fibres | no mode 'fibres' | processes, threads"})
    void shouldSayWhatIsAllowed(
        final String benchCase,
        final String sizes,
        final String techs,
        final String mode,
        final String found,
        final String allowed)
    {
        final String message = assertThrows(IllegalArgumentException.class,
            () -> parse(benchCase, sizes, techs, mode)).getMessage();
        assertTrue(message.contains(found) && message.contains(allowed), message);
        assertTrue(!message.contains("\n"), message);
    }

    @Test
    void shouldRefuseNoRuns()
    {
        assertThrows(IllegalArgumentException.class,
            () -> Request.parse("rtt", null, null, null, 0, Plan.QUICK));
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void shouldKnowEachTechOfEachCase(final Case benchCase)
    {
        for (final String tech : Technologies.of(benchCase))
        {
            assertTrue(!Technologies.named(tech).variants(
                parse(benchCase.text(), null, tech, null).job(tech, 32, 1)).isEmpty(), tech);
        }
    }
}
