package io.aeromesh.sim.load;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Whose leases are whose: each application's its own, or one node's all its applications', so that what came by one
 * channel goes on by another.
 */
public final class Pockets
{
    private final Kind kind;
    private final Map<String, Blocks> shared = new HashMap<>();

    /** Who reaches into one. */
    public enum Kind
    {
        /** One application. */
        OWN,
        /** All of a node. */
        SHARED
    }

    /**
     * None yet.
     */
    public Pockets(final Kind kind)
    {
        this.kind = kind;
    }

    /**
     * @param random of the application.
     */
    Blocks of(final Stage stage, final String node, final SplittableRandom random)
    {
        return kind == Kind.OWN ? new Blocks(stage, node, random, Blocks.AtClose.RELEASED) :
            shared.computeIfAbsent(node, name -> new Blocks(stage, name, random.split(), Blocks.AtClose.KEPT));
    }
}
