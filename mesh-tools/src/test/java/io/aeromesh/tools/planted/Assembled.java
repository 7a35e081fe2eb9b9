package io.aeromesh.tools.planted;

import io.aeromesh.shm.planted.ShmEdge;
import java.util.UUID;

/**
 * Does what only tools may.
 */
public final class Assembled
{
    String permitted() throws InterruptedException
    {
        final Thread thread = new Thread(System::nanoTime);
        thread.start();
        Thread.sleep(ShmEdge.length());
        return UUID.randomUUID() + thread.getName();
    }
}
