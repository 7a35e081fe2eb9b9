package io.aeromesh.aeron;

/**
 * The Aeron streams of a medium.
 */
enum LaneKind
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

    LaneKind(final int streamOffset)
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
