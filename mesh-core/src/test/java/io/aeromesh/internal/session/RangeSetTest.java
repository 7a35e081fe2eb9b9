package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeSetTest
{
    @Test
    void shouldAgreeWithABitSet()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            final Random random = new Random(seed);
            final RangeSet ranges = new RangeSet(64);
            final BitSet model = new BitSet();
            for (int i = 0; i < 30; i++)
            {
                final int begin = random.nextInt(100);
                final int end = begin + 1 + random.nextInt(10);
                assertTrue(ranges.add(begin, end));
                model.set(begin, end);
                if (random.nextInt(8) == 0)
                {
                    final int position = random.nextInt(110);
                    assertEquals(model.nextClearBit(position) == position ? position : model.nextClearBit(position),
                        ranges.firstMissing(position), "seed " + seed);
                    final long reached = ranges.advance(position);
                    assertEquals(model.nextClearBit(position), reached, "seed " + seed);
                    model.clear(0, (int)reached);
                }
                assertSame(model, ranges, seed);
            }
        }
    }

    private static void assertSame(final BitSet model, final RangeSet ranges, final int seed)
    {
        int bit = model.nextSetBit(0);
        for (int i = 0; i < ranges.size(); i++)
        {
            assertEquals(bit, ranges.begin(i), "seed " + seed);
            assertEquals(model.nextClearBit(bit), ranges.end(i), "seed " + seed);
            bit = model.nextSetBit((int)ranges.end(i));
        }
        assertEquals(-1, bit, "seed " + seed);
    }

    @Test
    void shouldRefuseWhatNeedsOneEntryTooMany()
    {
        final RangeSet ranges = new RangeSet(2);
        assertTrue(ranges.add(0, 1));
        assertTrue(ranges.add(4, 5));
        assertFalse(ranges.add(2, 3));
        assertEquals(2, ranges.size());
        assertTrue(ranges.add(1, 4));
        assertEquals(1, ranges.size());
        assertEquals(5, ranges.highestEnd(-1));
    }

    @Test
    void shouldNameWhatIsMissing()
    {
        final RangeSet ranges = new RangeSet(4);
        ranges.add(10, 20);
        ranges.add(30, 40);
        assertEquals(0, ranges.firstMissing(0));
        assertEquals(10, ranges.nextBegin(0, 100));
        assertEquals(20, ranges.firstMissing(10));
        assertEquals(30, ranges.nextBegin(20, 100));
        assertEquals(40, ranges.firstMissing(35));
        assertEquals(100, ranges.nextBegin(40, 100));
    }
}
