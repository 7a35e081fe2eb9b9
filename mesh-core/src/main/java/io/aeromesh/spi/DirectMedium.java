package io.aeromesh.spi;

/**
 * A medium without edges of its own: the place at which nodes that are not neighbours of this one reach it. The nodes
 * tell each other an address through the mesh, and each makes a medium for that one peer of the two addresses. What
 * comes up there carries the channels between the two and no routes.
 * <p>
 * <b>Threading:</b> agent thread only, after {@link Transport#attach}. <b>Ownership:</b> the node closes what
 * {@link #join} made before this.
 */
public interface DirectMedium extends Medium
{
    /**
     * Longest address, in bytes: it is told in one control packet.
     */
    int ADDRESS_LENGTH_MAX = 256;

    /**
     * Draws a fresh address for one peer. It says all that the peer's transport has to know, and begins with the
     * scheme, as an edge URI does. Two addresses of one node never meet.
     */
    String newAddress();

    /**
     * Makes the medium of one peer, with at most one edge at a time, for as long as the peer's end has been made of the
     * same two addresses. {@link EdgeOptions#peer()} of its configuration is the peer. Never waits.
     *
     * @param peer        name of the peer.
     * @param ownAddress  drawn here for that peer.
     * @param peerAddress that the peer tells: checked, never trusted.
     * @throws io.aeromesh.error.MeshException saying what is wrong with the address, or what is short here.
     */
    Medium join(String peer, String ownAddress, String peerAddress);

    /**
     * There is nothing to do: edges come up at what {@link #join} made.
     */
    @Override
    default int doWork(final long nowNs, final EdgeListener listener)
    {
        return 0;
    }

    /**
     * There is nothing to close: the node closes what {@link #join} made.
     */
    @Override
    default void close()
    {
    }
}
