package io.aeromesh.aeron.planted;

import io.aeromesh.shm.planted.ShmEdge;

/**
 * A transport that names another.
 */
public final class AeronNamesShm
{
    int violate()
    {
        return ShmEdge.length();
    }
}
