package io.aeromesh.spi;

import org.agrona.MutableDirectBuffer;

/**
 * One of the two ordered lanes of an {@link Edge}, both directions of it. Never blocks, never allocates.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Ownership:</b> one claim may be outstanding per lane.
 */
public interface Lane
{
    /**
     * The lane has no room now.
     */
    int BACK_PRESSURED = -2;

    /**
     * The generation of the edge that this lane belongs to has ended.
     */
    int CLOSED = -4;

    /**
     * Longest packet that can be claimed, in bytes. At least {@link Edge#PACKET_LENGTH_MIN}.
     */
    int maxPacketLength();

    /**
     * Bytes that the lane can hold towards the peer, as a scale for {@link #available()}.
     */
    int capacity();

    /**
     * Bytes that could be claimed now, an estimate. Says when a full lane has drained.
     */
    int available();

    /**
     * Claims room for a packet. On success the packet is written at the returned offset of {@link #buffer()} and
     * then {@link #commit()}ed or {@link #abort()}ed.
     *
     * @param length of the packet in bytes, at most {@link #maxPacketLength()}.
     * @return the offset of the packet in {@link #buffer()}, or {@link #BACK_PRESSURED} or {@link #CLOSED}.
     * @throws IllegalArgumentException when the length is negative or too long.
     * @throws IllegalStateException    when a claim is outstanding.
     */
    int tryClaim(int length);

    /**
     * The buffer of the outstanding claim.
     */
    MutableDirectBuffer buffer();

    /**
     * Makes the claimed packet visible to the peer; gives its room back when the edge was closed meanwhile.
     */
    void commit();

    /**
     * Gives the claimed room back; the peer sees nothing.
     */
    void abort();

    /**
     * Hands received packets to the handler, in order. A handler may close the edge; its buffer stays readable until
     * it returns. It must not poll the same lane.
     *
     * @param handler called for each packet; the buffer is borrowed until it returns.
     * @param limit   of packets in this call.
     * @return number of packets consumed; none after {@link Edge#close()}.
     */
    int poll(PacketHandler handler, int limit);
}
