package io.aeromesh.sim.world;

import java.util.function.Consumer;

/**
 * Runs many worlds, one after the other.
 */
public final class Simulator
{
    private static final int VIOLATIONS_MAX = 20;

    private final int nodesMax;

    /**
     * @param nodesMax most nodes of a world.
     */
    public Simulator(final int nodesMax)
    {
        this.nodesMax = nodesMax;
    }

    /**
     * Runs the worlds of consecutive seeds; stops early when so many have broken a rule that more would tell nothing.
     *
     * @param from     the first seed.
     * @param count    of seeds.
     * @param onResult told of each world.
     * @return all together.
     */
    public SimulationReport run(final long from, final long count, final Consumer<WorldResult> onResult)
    {
        final SimulationReport report = new SimulationReport(from);
        for (long seed = from; seed < from + count && report.violations().size() < VIOLATIONS_MAX; seed++)
        {
            final WorldResult result = World.run(WorldPlan.draw(seed, nodesMax));
            report.add(result);
            onResult.accept(result);
        }
        return report;
    }

    /**
     * Runs one world again and keeps what led to a violation.
     */
    public WorldResult replay(final long seed)
    {
        return World.replay(WorldPlan.draw(seed, nodesMax), Sabotage.NONE);
    }
}
