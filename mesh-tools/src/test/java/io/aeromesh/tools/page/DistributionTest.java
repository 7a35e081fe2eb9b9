package io.aeromesh.tools.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
            final Picture.Curve curve = new Distribution().add(times()).curve();

            assertEquals(1_000, curve.count());
            final double[] percentiles = Distribution.percentiles();
            for (int i = 0; i < percentiles.length; i++)
            {
                final double exact = Math.max(1, Math.ceil(percentiles[i] * 10)) * 100;
                assertTrue(curve.values()[i] >= exact && curve.values()[i] <= exact * 17 / 16 + 1,
                    percentiles[i] + " is " + curve.values()[i] + ", exactly " + exact);
            }
            assertEquals(100_000, curve.values()[percentiles.length - 1]);
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
            final Picture.Curve curve = new Distribution().add(times(), before).curve();

            assertEquals(1, curve.count());
            assertEquals(7, curve.values()[0]);
            assertEquals(7, curve.values()[curve.values().length - 1]);
        }
    }

    @Test
    void shouldTellNothingOfNothing()
    {
        assertEquals(0, new Distribution().curve().count());
        assertArrayEquals(new long[0], new Distribution().curve().values());
    }
}
