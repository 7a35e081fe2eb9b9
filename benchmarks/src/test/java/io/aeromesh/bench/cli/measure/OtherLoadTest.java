package io.aeromesh.bench.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OtherLoadTest
{
    @Test
    void shouldAddTheFieldsThatAreThere()
    {
        assertEquals(5, OtherLoad.sum(new String[] {"cpu", "2", "9", "3"}, new int[] {1, 3, 8}));
    }
}
