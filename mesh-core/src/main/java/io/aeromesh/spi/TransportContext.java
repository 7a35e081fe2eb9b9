package io.aeromesh.spi;

import io.aeromesh.MeshConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import java.nio.file.Path;

/**
 * What a node gives to its transports.
 *
 * @param meshName      of the mesh that the node is a member of.
 * @param nodeName      of the node.
 * @param os            clocks, randomness and threads of the node.
 * @param baseDirectory for files that processes of this host share; created 0700 by whoever needs it first.
 * @param threading     who runs the transport's shared state.
 * @param parking       where the node's agent sleeps, if it does.
 */
public record TransportContext(
    String meshName, String nodeName, MeshOs os, Path baseDirectory, Threading threading, Parking parking)
{
    /**
     * Of a node of the default mesh that never parks.
     */
    public TransportContext(
        final String nodeName, final MeshOs os, final Path baseDirectory, final Threading threading)
    {
        this(MeshConfig.DEFAULT.meshName(), nodeName, os, baseDirectory, threading, Parking.NONE);
    }

    /**
     * Who runs the transport's shared state, such as an embedded media driver.
     */
    public enum Threading
    {
        /** The node's own duty cycle, in {@link Transport#doWork}. */
        INVOKED,
        /** Threads of the transport's own. */
        THREADED
    }
}
