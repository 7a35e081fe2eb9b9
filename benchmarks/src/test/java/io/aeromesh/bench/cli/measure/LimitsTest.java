package io.aeromesh.bench.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LimitsTest
{
    @Test
    void shouldTellWhereTheCoresLay()
    {
        assertEquals(Limits.NEAR, Limits.of(43, 55));
        assertEquals(Limits.FAR, Limits.of(330, 400));
        assertEquals(Limits.MIXED, Limits.of(50, 350));
        assertEquals(Limits.MIXED, Limits.of(350, 50));
    }
}
