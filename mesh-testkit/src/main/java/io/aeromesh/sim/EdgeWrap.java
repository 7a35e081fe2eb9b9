package io.aeromesh.sim;

import io.aeromesh.spi.Edge;

/**
 * Stands between the network and a node: for those who want to change what comes.
 */
@FunctionalInterface
public interface EdgeWrap
{
    /** Changes nothing. */
    EdgeWrap NONE = (at, edge) -> edge;

    /**
     * @param at   the end of the link that came up.
     * @param edge as the network made it.
     * @return as the node sees it.
     */
    Edge wrap(SimMedium at, Edge edge);
}
