package io.aeromesh.sim.check;

import io.aeromesh.protocol.NodeIds;

/**
 * Who may be at the other end of a channel.
 */
final class Names
{
    private Names()
    {
    }

    /**
     * Whether somebody may serve a channel that was opened to this name: he himself, or a context of that node.
     */
    static boolean isMeant(final String peer, final String member)
    {
        return peer.equals(member) || peer.equals(NodeIds.nodeOf(member));
    }
}
