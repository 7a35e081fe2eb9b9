package io.aeromesh.sim.world;

import io.aeromesh.NodeConfig;
import io.aeromesh.sim.EdgeWrap;
import io.aeromesh.spi.SharedMemoryProvider;

/**
 * Plants a defect in a world: changes what comes from links, from memory and from the machine on its way to the nodes.
 * By it each checker is shown to be able to fail.
 */
public interface Sabotage
{
    /** None. */
    Sabotage NONE = new Sabotage()
    {
    };

    /**
     * Stands between links and nodes.
     */
    default EdgeWrap edges()
    {
        return EdgeWrap.NONE;
    }

    /**
     * Stands between nodes and the memory that they share.
     */
    default SharedMemoryProvider memory(final SharedMemoryProvider memory)
    {
        return memory;
    }

    /**
     * Changes how a node is launched.
     */
    default NodeConfig config(final NodeConfig config)
    {
        return config;
    }
}
