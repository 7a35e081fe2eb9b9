package io.aeromesh.aeron;

/**
 * The Aeron streams of a medium.
 */
enum StreamKind
{
    /** Lane for routing, acknowledgements and liveness. */
    CONTROL(0),
    /** Lane for messages. */
    DATA(1),
    /**
     * Handshakes of links, read by the medium itself: they must get through when nobody polls the lanes. Far from the
     * other two, so that neighbouring stream numbers are free for other edges.
     */
    LINK(0x4000_0000);

    private final int streamOffset;

    StreamKind(final int streamOffset)
    {
        this.streamOffset = streamOffset;
    }

    /**
     * Offset from the medium's first stream.
     */
    int streamOffset()
    {
        return streamOffset;
    }
}
