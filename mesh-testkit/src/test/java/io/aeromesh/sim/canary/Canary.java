package io.aeromesh.sim.canary;

import io.aeromesh.sim.EdgeWrap;
import io.aeromesh.sim.check.Rule;
import io.aeromesh.sim.world.Sabotage;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A known defect, and the rules that it breaks.
 *
 * @param bug      in words.
 * @param rules    of which one has to be found broken.
 * @param sabotage that makes it, from a world's randomness.
 */
record Canary(String bug, Set<Rule> rules, Function<SplittableRandom, Sabotage> sabotage)
{
    static Canary wire(final String bug, final Rule rule, final Function<SplittableRandom, Tamper> tamper)
    {
        return wire(bug, Set.of(rule), tamper);
    }

    static Canary wire(final String bug, final Set<Rule> rules, final Function<SplittableRandom, Tamper> tamper)
    {
        return new Canary(bug, rules, random ->
        {
            final Tamper made = tamper.apply(random);
            return new Sabotage()
            {
                @Override
                public EdgeWrap edges()
                {
                    return (at, edge) -> new TamperedEdge(at, edge, made);
                }
            };
        });
    }

    @Override
    public String toString()
    {
        return bug;
    }
}
