package io.aeromesh.planted;

import io.aeromesh.shm.planted.ShmEdge;

/**
 * Core that names a transport.
 */
public final class CoreNamesShm
{
    int violate()
    {
        return ShmEdge.length();
    }
}
