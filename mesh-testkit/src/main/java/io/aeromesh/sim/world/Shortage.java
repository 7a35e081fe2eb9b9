package io.aeromesh.sim.world;

import java.util.SplittableRandom;

/**
 * What the operating system of one host refuses at this moment.
 */
final class Shortage
{
    private final SplittableRandom random;
    private Kind kind = Kind.NONE;

    /** Of what. */
    enum Kind
    {
        /** All calls work. */
        NONE,
        /** There is no memory. */
        MEMORY,
        /** There are few descriptors, so that any call that needs one may fail, and the next one may work. */
        FILES
    }

    Shortage(final SplittableRandom random)
    {
        this.random = random;
    }

    void is(final Kind newKind)
    {
        kind = newKind;
    }

    boolean hitsMemory()
    {
        return kind == Kind.MEMORY || hitsFiles();
    }

    boolean hitsFiles()
    {
        return kind == Kind.FILES && random.nextBoolean();
    }
}
