package io.aeromesh.bench.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuietMeanTest
{
    private static final long BATCH_NS = 2_000_000;

    private final QuietMean mean = new QuietMean();

    private void add(final long ns, final long takenNs)
    {
        mean.add(1_000, ns, ns, takenNs);
    }

    @Test
    void shouldCountWhatATechnologyItselfDoesOnceInManyBatches()
    {
        for (int i = 0; i < 9; i++)
        {
            add(BATCH_NS, 0);
        }
        add(11 * BATCH_NS, 0);
        assertEquals(2 * BATCH_NS / 1_000.0, mean.ns());
        assertEquals(1, mean.quietPart());
    }

    @Test
    void shouldLeaveOutABatchThatStrangersDisturbed()
    {
        add(BATCH_NS, 0);
        add(3 * BATCH_NS, 2 * BATCH_NS);
        assertEquals(BATCH_NS / 1_000.0, mean.ns());
        assertEquals(0.5, mean.quietPart());
        assertEquals(2_000, mean.count());
    }

    @Test
    void shouldTakeAllWhereNoneWasQuiet()
    {
        add(BATCH_NS, BATCH_NS);
        add(3 * BATCH_NS, BATCH_NS);
        assertEquals(2 * BATCH_NS / 1_000.0, mean.ns());
        assertEquals(0, mean.quietPart());
    }
}
