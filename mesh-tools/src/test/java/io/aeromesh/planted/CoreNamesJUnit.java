package io.aeromesh.planted;

import org.junit.jupiter.api.Assertions;

/**
 * Core that needs more than Agrona.
 */
public final class CoreNamesJUnit
{
    void violate()
    {
        Assertions.fail();
    }
}
