package io.aeromesh.sim.canary;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.sim.check.Violation;
import io.aeromesh.sim.world.World;
import io.aeromesh.sim.world.WorldPlan;
import io.aeromesh.sim.world.WorldResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each known defect is found by the rule that it breaks. The table of them is written to {@code target/canaries.md}.
 */
class CanaryTest
{
    private static final int SEEDS_MAX = 1000;
    private static final int NODES_MAX = 6;
    private static final Map<String, String> CAUGHT = new TreeMap<>();

    static Stream<Canary> canaries()
    {
        return Stream.of(SessionCanaries.all(), RoutingCanaries.all(), MachineCanaries.all()).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void shouldFindDefectWithinThousandSeeds(final Canary canary)
    {
        final List<String> others = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS_MAX; seed++)
        {
            final WorldResult result = World.run(WorldPlan.draw(seed, NODES_MAX),
                canary.sabotage().apply(new SplittableRandom(seed)));
            final Violation violation = result.violation();
            if (violation != null && canary.rules().contains(violation.rule()))
            {
                CAUGHT.put(canary.bug(), "| " + canary.bug() + " | `" + violation.rule() + "` | " + seed + " |");
                return;
            }
            if (violation != null && others.size() < 5)
            {
                others.add("seed " + seed + ": " + violation);
            }
        }
        assertTrue(others.isEmpty(), "found by other rules than " + canary.rules() + ": " + others);
        throw new AssertionError("not found");
    }

    @AfterAll
    static void writeTable() throws IOException
    {
        Files.write(Path.of("target", "canaries.md"), CAUGHT.values());
    }
}
