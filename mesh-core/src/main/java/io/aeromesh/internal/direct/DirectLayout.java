package io.aeromesh.internal.direct;

/**
 * Where things are in the memory of a direct channel, in bytes, in the machine's byte order (both ends are on one
 * machine). Whatever two cores write is 128 bytes apart, because the hardware fetches cache lines in pairs.
 * <pre>
 *      0  hot line: header (64 bits), payload up to 56 bytes
 *    256  creator: begin position of its stream here (64 bits), then not 0 once it took back leases that were not read,
 *         then its {@link Farewell} (2 x 64 bits)
 *    384  creator: whether its thread is parked
 *    512  creator: consumed position of the attacher's stream, then bytes of its ring that are free again (2 x 64 bits)
 *    640  creator: position up to which its ring is written, at least; a step behind at times
 *    768  attacher: begin position, leases taken back, farewell
 *    896  attacher: whether its thread is parked
 *   1024  attacher: consumed position, freed bytes
 *   1152  attacher: position up to which its ring is written, at least
 *   1280  ring of the creator's records
 *         ring of the attacher's records
 *
 *   header of a record or of the hot line:
 *   bits  0..27  length with this header
 *   bits 28..29  type: 1 message, 2 padding to the end of the ring, 3 seal
 *   bit  30      hot line only: written by the creator
 *   bit  31      the message is the handle of a lease
 *   bits 32..63  stamp: stream position of the record / 8, lower half
 * </pre>
 * The stamp says to which position a header belongs, which orders what is in the hot line and what is in the ring.
 * Where the next header in the ring will be there is a zero until then.
 */
final class DirectLayout
{
    static final int ALIGNMENT = 8;
    static final int HEADER_LENGTH = 8;
    static final int HOT_OFFSET = 0;
    static final int HOT_LENGTH_MAX = 64;
    static final int RINGS_OFFSET = 1280;
    /** Beyond the window: the header behind the last record, and the rest of a line. */
    static final int RING_SLACK = 128;

    static final int MESSAGE = 1;
    static final int PADDING = 2;
    static final int SEAL = 3;
    /** Of a message that is the handle of a lease. */
    static final long HANDLE = 1L << 31;

    private static final int END_OFFSET = 256;
    private static final int END_LENGTH = 512;
    private static final int PARK_OFFSET_IN_END = 128;
    private static final int CONSUMED_OFFSET_IN_END = 256;
    private static final int WRITTEN_OFFSET_IN_END = 384;
    private static final int TYPE_SHIFT = 28;
    private static final int LENGTH_MASK = (1 << TYPE_SHIFT) - 1;
    private static final int STAMP_SHIFT = 32;
    private static final long RECORD_MASK = (1L << STAMP_SHIFT) - 1;
    private static final long HOT_BY_CREATOR = 1L << 30;
    private static final long STAMP_AND_TYPE_MASK = -1L << STAMP_SHIFT | 0xFL << TYPE_SHIFT;

    private DirectLayout()
    {
    }

    /**
     * Bytes that a channel takes.
     */
    static int regionLength(final int creatorWindow, final int attacherWindow)
    {
        return RINGS_OFFSET + ringLength(creatorWindow) + ringLength(attacherWindow);
    }

    static int ringLength(final int window)
    {
        return window + RING_SLACK;
    }

    static int ringOffset(final boolean ofCreator, final int creatorWindow)
    {
        return ofCreator ? RINGS_OFFSET : RINGS_OFFSET + ringLength(creatorWindow);
    }

    static int beginOffset(final boolean ofCreator)
    {
        return ofCreator ? END_OFFSET : END_OFFSET + END_LENGTH;
    }

    /**
     * Where it is said whether an end is parked, see {@link DirectParking}: behind its begin position, which is written
     * as seldom.
     */
    static int parkOffset(final boolean ofCreator)
    {
        return beginOffset(ofCreator) + PARK_OFFSET_IN_END;
    }

    static int takenBackOffset(final boolean byCreator)
    {
        return beginOffset(byCreator) + Long.BYTES;
    }

    static int farewellOffset(final boolean byCreator)
    {
        return takenBackOffset(byCreator) + Long.BYTES;
    }

    static int writtenOffset(final boolean byCreator)
    {
        return beginOffset(byCreator) + WRITTEN_OFFSET_IN_END;
    }

    static int consumedOffset(final boolean byCreator)
    {
        return beginOffset(byCreator) + CONSUMED_OFFSET_IN_END;
    }

    /**
     * Lower half of a header, another one for each length, also where that is not allowed.
     */
    static int record(final int type, final int length)
    {
        return (type << TYPE_SHIFT) + length;
    }

    static long header(final long position, final int record)
    {
        return position >>> 3 << STAMP_SHIFT | record & RECORD_MASK;
    }

    static long hotSide(final boolean creator)
    {
        return creator ? HOT_BY_CREATOR : 0;
    }

    static boolean isStamped(final long header, final long position)
    {
        return (int)(header >>> STAMP_SHIFT) == (int)(position >>> 3) && (int)header != 0;
    }

    static boolean isMessageAt(final long header, final long position)
    {
        return (header & STAMP_AND_TYPE_MASK) == (position >>> 3 << STAMP_SHIFT | (long)MESSAGE << TYPE_SHIFT);
    }

    static int length(final long header)
    {
        return (int)header & LENGTH_MASK;
    }

    static int type(final long header)
    {
        return (int)header >>> TYPE_SHIFT & 3;
    }

    static boolean isLease(final long header)
    {
        return (int)header < 0;
    }

    static int align(final int length)
    {
        return length + (ALIGNMENT - 1) & -ALIGNMENT;
    }
}
