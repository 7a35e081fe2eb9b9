package io.aeromesh.spi;

import java.util.List;

/**
 * A place: a medium at which any node of the mesh may become a neighbour that knows its address, many at once, and
 * which dials the places of others. Between two places there is one edge at most, whichever of them dialled, or both.
 * <p>
 * <b>Threading:</b> agent thread only, after {@link Transport#attach}.
 */
public interface JoinableMedium extends Medium
{
    /**
     * Longest address, in bytes of UTF-8: several are told in one control packet.
     */
    int ADDRESS_LENGTH_MAX = 64;

    /**
     * Where other places reach this one; told to neighbours, and by them to others.
     */
    String address();

    /**
     * Checks an address that another node has told, which is never trusted: dialling it must do no harm beyond a few
     * datagrams, so that it needs no name service either.
     *
     * @throws io.aeromesh.error.MeshException BAD_EDGE_CONFIG saying what was found and what is allowed.
     */
    void checkAddress(String address);

    /**
     * Begins to try to get an edge with a place, and goes on, also after the edge went down, until {@link #hangUp}.
     * Idempotent; its own address is not dialled. What goes wrong is told by {@link EdgeListener#onMediumError}.
     *
     * @param address of the configuration, or one that {@link #checkAddress} has found good.
     */
    void dial(String address);

    /**
     * Gives an address up, and ends the edge with it if there is one, whoever dialled: the listener is told of that
     * edge's end in the next duty cycle. Idempotent. The other place is not kept from dialling again.
     */
    void hangUp(String address);

    /**
     * Address of the place at the other end of an edge that is up; empty: it is not up any more.
     */
    String addressOf(Edge edge);

    /**
     * An address that was heard of in another way than from a neighbour, such as from a place that was full; checked.
     *
     * @return null: none since the last call.
     */
    String takeHeard();

    /**
     * Addresses that are dialled; at first those of the configuration. Not to be changed.
     */
    List<String> dialled();
}
