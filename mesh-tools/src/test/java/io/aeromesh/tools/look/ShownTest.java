package io.aeromesh.tools.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.status.MeshCounter.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest
{
    @ParameterizedTest
    @CsvSource({
        "COUNT, 0, 0", "COUNT, 999, 999", "COUNT, 1000, 1 k", "COUNT, 12345, 12.3 k", "COUNT, 1234567, 1.23 M",
        "BYTES, 1023, 1023 B", "BYTES, 1536, 1.50 KiB", "BYTES, 5e15, 4547 TiB",
        "NANOSECONDS, 0, 0 ns", "NANOSECONDS, 1500, 1.50 us", "NANOSECONDS, 20000000, 20 ms",
        "NANOSECONDS, 9e12, 9000 s", "COUNT, -5, -5"})
    void shouldShowAValueInItsUnit(final Unit unit, final double value, final String expected)
    {
        assertEquals(expected, Shown.value(unit, value));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59999, 59 s", "61000, 1 min 1 s", "3600000, 1 h 0 min", "90000000, 1 d 1 h", "-1, 0 s"})
    void shouldShowADuration(final long durationMs, final String expected)
    {
        assertEquals(expected, Shown.duration(durationMs));
    }
}
