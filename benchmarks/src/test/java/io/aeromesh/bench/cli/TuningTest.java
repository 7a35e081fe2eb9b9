package io.aeromesh.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuningTest
{
    @Test
    void shouldTryAgainWhatIsNotFarBehindTheBest()
    {
        assertEquals(List.of("a", "c"), Tuning.promising(List.of("a", "b", "c", "stalls"),
            Map.of("a", 10.0, "b", 15.1, "c", 14.9)));
    }

    @Test
    void shouldTryNothingAgainWhereNothingRuns()
    {
        assertEquals(List.of(), Tuning.promising(List.of("a", "b"), Map.of()));
    }
}
