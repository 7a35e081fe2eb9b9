package io.aeromesh.tools.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.status.MeshHistogram;
import io.aeromesh.watch.NodeWatch;
import io.aeromesh.watch.TakenTimes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest
{
    @TempDir
    private Path base;

    private TakenTimes times()
    {
        return NodeWatch.read(base).nodes().get(0).times().get(MeshHistogram.HOP);
    }

    @Test
    void shouldTellPercentilesWithinASixteenth()
    {
        try (Teller teller = new Teller(base, "left"))
        {
            for (int i = 1; i <= 1_000; i++)
            {
                teller.took(MeshHistogram.HOP, i * 100L);
            }
            final Distribution taken = new Distribution().add(times());

            assertEquals(1_000, taken.count());
            for (final double percent : new double[] {0, 25, 50, 99, 99.9, 99.999, 100})
            {
                final double exact = Math.max(1, Math.ceil(percent * 10)) * 100;
                final long told = taken.valueAt(percent);
                assertTrue(told >= exact && told <= exact * 17 / 16 + 1,
                    percent + " is " + told + ", exactly " + exact);
            }
            assertEquals(100_000, taken.valueAt(100));
        }
    }

    @Test
    void shouldTellWhatWasAddedSince()
    {
        try (Teller teller = new Teller(base, "left"))
        {
            teller.took(MeshHistogram.HOP, 50_000);
            final TakenTimes before = times();
            teller.took(MeshHistogram.HOP, 7);
            final Distribution added = new Distribution().add(times(), before);

            assertEquals(1, added.count());
            assertEquals(7, added.valueAt(0));
            assertEquals(7, added.valueAt(100));
        }
    }

    @Test
    void shouldTellNothingOfNothing()
    {
        assertEquals(0, new Distribution().count());
        assertEquals(0, new Distribution().valueAt(50));
    }
}
