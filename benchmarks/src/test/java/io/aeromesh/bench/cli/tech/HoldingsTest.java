package io.aeromesh.bench.cli.tech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.aeromesh.bench.cli.measure.Footprint;
import org.junit.jupiter.api.Test;

class HoldingsTest
{
    @Test
    void shouldReadTheLengthOfAMapping()
    {
        assertEquals(0x2000, Holdings.length("7f0000001000-7f0000003000 rw-s 00000000 00:19 7 /dev/shm/f"));
    }

    @Test
    void shouldTellOneFileFromAnother()
    {
        final String here = Holdings.where("7f00-7f10 rw-s 00000000 00:19 7 /dev/shm/f");
        assertEquals(here, Holdings.where("8f00-8f10 rw-s 00000000 00:19 7 /dev/shm/f"));
        assertNotEquals(here, Holdings.where("7f00-7f10 rw-s 00000000 00:19 8 /dev/shm/g"));
    }

    @Test
    void shouldSayWhatEachTakes()
    {
        final Holdings before = new Holdings(100, 1_000, 0, 5, 20);
        final Holdings after = new Holdings(900, 9_000, 80, 13, 23);
        assertEquals(new Footprint(100, 1_000, 10, 1, 0.375), after.less(before, 8));
    }
}
