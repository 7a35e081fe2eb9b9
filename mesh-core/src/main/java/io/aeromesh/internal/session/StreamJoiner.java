package io.aeromesh.internal.session;

/**
 * Makes and ends direct streams to other nodes; tells the sessions when one is up or down. Agent thread.
 */
public interface StreamJoiner
{
    /**
     * A fresh address at which one peer can reach this node; empty: none can.
     */
    String newAddress();

    /**
     * Makes the stream to a peer, in place of an older one.
     *
     * @throws io.aeromesh.error.MeshException saying why it can not be made.
     */
    void join(long peerId, String peer, String ownAddress, String peerAddress);

    /**
     * Ends the stream to a peer, if there is one.
     */
    void leave(long peerId);
}
