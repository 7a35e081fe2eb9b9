package io.aeromesh.spi;

import io.aeromesh.os.MeshOs;
import java.nio.file.Path;

/**
 * Opens shared memory for nodes. Found by {@link java.util.ServiceLoader}, or named in the node's configuration.
 */
public interface SharedMemoryProvider
{
    /**
     * What a node gives to it.
     *
     * @param nodeName      of the node, which holds its name by a lock as long as it lives.
     * @param meshName      in which the name is unique.
     * @param instanceHigh  of this start of the node, upper half.
     * @param instanceLow   of this start of the node, lower half.
     * @param os            randomness of the node.
     * @param baseDirectory for files that processes of this host share; exists.
     */
    record Context(
        String nodeName, String meshName, long instanceHigh, long instanceLow, MeshOs os, Path baseDirectory)
    {
    }

    /**
     * Name for people and configuration, for example {@code shm}.
     */
    String name();

    /**
     * Opens the memory of one node and deletes what an earlier node of that name left.
     *
     * @throws io.aeromesh.error.MeshException saying why it can not be used.
     */
    SharedMemory open(Context context);
}
