package io.aeromesh.bench.layout;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ring for each direction and nothing else. The reader shows what it has read an eighth of the ring at a time.
 */
final class Ring implements End
{
    /** How a reader finds a record. */
    enum Kind
    {
        /** By its header, which carries its number; records of 40 bytes. */
        STAMPED,
        /** By its header; a line for each. */
        SLOTS,
        /** By a count of records written, in a line of its own. */
        COUNTED
    }

    private static final int WRITTEN_OFFSET = 0;
    private static final int READ_OFFSET = WRITTEN_OFFSET + Layout.APART;
    private static final int RECORDS_OFFSET = READ_OFFSET + Layout.APART;
    private static final int SLOT_LENGTH = 64;
    private static final int HEADER_LENGTH = 8;
    private static final int EIGHTH_SHIFT = 3;
    /** Bytes of the ring of one direction, with its counters. */
    static final int LENGTH = RECORDS_OFFSET + Layout.RING_LENGTH;

    private final UnsafeBuffer out;
    private final UnsafeBuffer in;
    private final boolean isCounted;
    private final int recordLength;
    private final int records;
    private final int end;
    private long written;
    private long room;
    private int outOffset = RECORDS_OFFSET;
    private long read;
    private long shown;
    private long visible;
    private int inOffset = RECORDS_OFFSET;

    Ring(final UnsafeBuffer memory, final boolean isFirst, final Kind kind)
    {
        out = new UnsafeBuffer(memory, isFirst ? 0 : LENGTH, LENGTH);
        in = new UnsafeBuffer(memory, isFirst ? LENGTH : 0, LENGTH);
        isCounted = kind == Kind.COUNTED;
        recordLength = kind == Kind.SLOTS ? SLOT_LENGTH : RECORD_LENGTH;
        records = Layout.RING_LENGTH / recordLength;
        end = RECORDS_OFFSET + records * recordLength;
        room = records;
    }

    @Override
    public boolean send(final long number)
    {
        return send(number, written + 1);
    }

    /**
     * @param stamp that the record gets: which message of the stream it is, also where others go elsewhere.
     */
    boolean send(final long number, final long stamp)
    {
        if (written == room)
        {
            room = out.getLongAcquire(READ_OFFSET) + records;
            if (written == room)
            {
                return false;
            }
        }
        final int at = outOffset;
        Words.write(out, at + HEADER_LENGTH, number);
        written++;
        if (isCounted)
        {
            out.putLong(at, recordLength);
            out.putLongRelease(WRITTEN_OFFSET, written);
        }
        else
        {
            out.putLongRelease(at, stamp);
        }
        outOffset = at + recordLength == end ? RECORDS_OFFSET : at + recordLength;
        return true;
    }

    @Override
    public long poll()
    {
        return poll(read + 1);
    }

    /**
     * @param stamp of the record that is wanted.
     */
    long poll(final long stamp)
    {
        final int at = inOffset;
        if (!isThere(at, stamp))
        {
            if (read != shown)
            {
                show();
            }
            return 0;
        }
        final long number = Words.read(in, at + HEADER_LENGTH);
        read++;
        inOffset = at + recordLength == end ? RECORDS_OFFSET : at + recordLength;
        if (read - shown >= records >> EIGHTH_SHIFT)
        {
            show();
        }
        return number;
    }

    private boolean isThere(final int at, final long stamp)
    {
        if (!isCounted)
        {
            return in.getLongAcquire(at) == stamp;
        }
        if (visible == read)
        {
            visible = in.getLongAcquire(WRITTEN_OFFSET);
        }
        return visible != read;
    }

    private void show()
    {
        shown = read;
        in.putLongRelease(READ_OFFSET, read);
    }
}
