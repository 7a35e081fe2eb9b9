package io.aeromesh.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LogLinearTest
{
    @Property
    void shouldPutAValueIntoABucketThatHoldsItAndIsNarrow(
        @ForAll @LongRange(min = 0, max = (1L << 41) - 1) final long v)
    {
        final int index = LogLinear.index(v);

        assertTrue(LogLinear.lowest(index) <= v && v <= LogLinear.highest(index));
        assertTrue(index == LogLinear.BUCKETS - 1 ||
            (LogLinear.highest(index) - LogLinear.lowest(index)) * 16 <= Math.max(16, LogLinear.lowest(index)));
    }

    @Test
    void shouldLeaveNoGapBetweenBuckets()
    {
        for (int i = 0; i < LogLinear.BUCKETS; i++)
        {
            assertEquals(i, LogLinear.index(LogLinear.lowest(i)));
            assertEquals(i, LogLinear.index(LogLinear.highest(i)));
        }
    }

    @Test
    void shouldCountWhatIsBeyondInTheLastBucketAndNegativeInTheFirst()
    {
        assertEquals(LogLinear.BUCKETS - 1, LogLinear.index(Long.MAX_VALUE));
        assertEquals(0, LogLinear.index(-1));
        assertEquals(0, LogLinear.index(Long.MIN_VALUE));
    }
}
