package io.aeromesh.sim.check;

import java.util.List;

/**
 * A rule that was broken.
 *
 * @param rule  that was.
 * @param tick  of the world.
 * @param what  was seen, with values.
 * @param nodes concerned.
 */
public record Violation(Rule rule, long tick, String what, List<String> nodes)
{
}
