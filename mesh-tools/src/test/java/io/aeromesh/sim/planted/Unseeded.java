package io.aeromesh.sim.planted;

import java.util.Random;

/**
 * A simulator with a run that can not be repeated.
 */
public final class Unseeded
{
    int violate()
    {
        return new Random().nextInt();
    }
}
