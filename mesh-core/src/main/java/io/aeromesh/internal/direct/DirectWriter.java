package io.aeromesh.internal.direct;

import io.aeromesh.Lease;
import io.aeromesh.MessageSink;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.SentLeases;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writing half of a direct channel at one end. A short message goes through the hot line while this end has the
 * turn, every other one into the ring, packed. Positions are those of the session's stream, whichever way it goes.
 * <p>
 * <b>Memory order.</b> The reader looks at the hot line and at one header of the ring, the one behind the last record.
 * Invariant: that header is zero unless it is a committed record's. New memory is, and before {@link #commit} stores a
 * new header with release it makes the word behind the new record zero (plain), whatever an earlier lap left. Not to
 * look at that word first has a reason: that would fetch its line for reading, and the next record's stores would have
 * to fetch it again. A message in the hot line leaves the ring as it is. A record that does not fit before the end is
 * stored at the start first, then the padding that leads to it. Room is claimed only where the reader's freed count,
 * loaded with acquire, has passed; the reader stores it with release after its handlers have returned.
 * <p>
 * <b>Why so few fields change.</b> On x86 stores leave the processor in program order, so each one, also of a private
 * field, waits behind those that wait for a cache line that the reader has. A message costs its own bytes, two headers,
 * one position, and where it was claimed; everything else is derived from these or changes once a lap.
 * <p>
 * <b>Threading:</b> the end's thread, except {@link #acceptedPosition()} and {@link #consumedPosition()}: any.
 * <b>Allocation:</b> none.
 * <p>
 * <b>Trust.</b> Where records go follows from fields on heap. Two words of the reader's are read, each into a local,
 * once for each look: the freed bytes may only grow, up to what was written, and anything else counts as nothing, so
 * that a claim lies within the ring and a hostile reader stops or loses its own messages only; the consumed position
 * counts up to what was accepted and only tells.
 */
public final class DirectWriter implements ClaimHolder
{
    private static final long NO_ROOM = 0;
    /** Where a message goes, above the lower half of its header; neither: to the ring, behind the last record. */
    private static final long IN_HOT_LINE = 1L << 32;
    private static final long BEHIND_PADDING = 1L << 33;
    private static final long ELSEWHERE = IN_HOT_LINE | BEHIND_PADDING;
    /** A call that copies memory takes longer than these few moves. */
    private static final int COPIED_BY_WORDS = 64;
    /** Bytes after which the reader is told how far the ring is written, which costs a cache line's way. */
    private static final int TELL_STEP_MAX = 1024;

    private final UnsafeBuffer memory;
    private final HotLine hot;
    private final int ringOffset;
    private final int ringLength;
    private final int tellStep;
    private final int messageLengthMax;
    private final int beginOffset;
    private final int consumedOffset;
    private final int writtenOffset;
    private final int takenBackOffset;
    private final SentLeases leases;
    private final Position accepted = new Position();

    /** Stream position that the start of the memory stands for: a message in the ring does not change it. */
    private long basePosition;
    /** Bytes that all laps before this one had. */
    private long lapWritten;
    /** Up to here is room without a closer look. */
    private long roomPosition;
    /** From here on it is told how far the ring is written. */
    private long tellPosition;
    private long freed;
    /** Where the claimed record begins: there is a claim while that is where the stream ends. */
    private long claimPosition = -1;
    /** Type, length and way of the last claimed record. */
    private long claimed = ELSEWHERE;
    private int claimPadding;

    DirectWriter(
        final UnsafeBuffer memory,
        final HotLine hot,
        final boolean isCreator,
        final int ringOffset,
        final int window,
        final int messageLengthMax,
        final SentLeases leases)
    {
        this.memory = memory;
        this.hot = hot;
        this.ringOffset = ringOffset;
        ringLength = DirectLayout.ringLength(window);
        tellStep = Math.min(TELL_STEP_MAX, window >> 4);
        basePosition = -ringOffset;
        this.messageLengthMax = messageLengthMax;
        this.leases = leases;
        takenBackOffset = DirectLayout.takenBackOffset(isCreator);
        beginOffset = DirectLayout.beginOffset(isCreator);
        consumedOffset = DirectLayout.consumedOffset(!isCreator);
        writtenOffset = DirectLayout.writtenOffset(isCreator);
    }

    /**
     * Goes on with the stream at a position: what comes before it went another way.
     */
    public void begin(final long position)
    {
        final long jump = position - accepted.getPlain();
        basePosition += jump;
        roomPosition += jump;
        tellPosition = position;
        accepted.setRelease(position);
        // 0 is what the memory has at first: positions are told one off
        memory.putLongRelease(beginOffset, position + 1);
    }

    /**
     * Copies a message in.
     *
     * @return as {@link MessageSink#offer}.
     */
    public long offer(final DirectBuffer source, final int offset, final int length)
    {
        final long record = prepare(length);
        if (record == NO_ROOM)
        {
            return MessageSink.BACK_PRESSURED;
        }
        final int at = payloadOffset(record);
        if (length <= COPIED_BY_WORDS)
        {
            copyByWords(at, source, offset, length);
        }
        else
        {
            memory.putBytes(at, source, offset, length);
        }
        return publish(record);
    }

    private void copyByWords(final int at, final DirectBuffer source, final int offset, final int length)
    {
        final int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES)
        {
            memory.putLong(at + i, source.getLong(offset + i));
        }
        for (int i = words; i < length; i++)
        {
            memory.putByte(at + i, source.getByte(offset + i));
        }
    }

    /**
     * Claims room for a message, which is written in {@link #buffer()} at {@link #claimOffset()}.
     *
     * @return the stream position behind the message, or {@link MessageSink#BACK_PRESSURED}.
     */
    public long tryClaim(final int length)
    {
        final long position = accepted.getPlain();
        final long end = position + DirectLayout.align(length + DirectLayout.HEADER_LENGTH);
        // most often like the last one, so that the length is good, and to the same place
        if (record(length) != claimed || claimPosition == position || hot.hasTurn() ||
            end + DirectLayout.HEADER_LENGTH > roomPosition)
        {
            final long record = prepare(length);
            if (record == NO_ROOM)
            {
                return MessageSink.BACK_PRESSURED;
            }
            claimed = record;
        }
        claimPosition = position;
        return end;
    }

    /**
     * Where the claimed message is written.
     */
    public int claimOffset()
    {
        return payloadOffset(claimed);
    }

    /**
     * What claimed messages are written in, always.
     */
    public MutableDirectBuffer buffer()
    {
        return memory;
    }

    /**
     * Finds room for a message.
     *
     * @return its type, length and way, or {@link #NO_ROOM}.
     */
    private long prepare(final int length)
    {
        if (length < 0 || length > messageLengthMax || hasClaim())
        {
            throw badClaim(length);
        }
        if (hot.hasTurn() && length <= DirectLayout.HOT_LENGTH_MAX - DirectLayout.HEADER_LENGTH)
        {
            return record(length) | IN_HOT_LINE;
        }
        if (!hasRoom(DirectLayout.align(length + DirectLayout.HEADER_LENGTH)))
        {
            return NO_ROOM;
        }
        return inRing(record(length));
    }

    /**
     * After {@link #hasRoom} has found it.
     */
    private long inRing(final long record)
    {
        return claimPadding == 0 ? record : record | BEHIND_PADDING;
    }

    private static long record(final int length)
    {
        return DirectLayout.record(DirectLayout.MESSAGE, length + DirectLayout.HEADER_LENGTH);
    }

    private int payloadOffset(final long record)
    {
        return DirectLayout.HEADER_LENGTH + ((record & ELSEWHERE) == 0 ? nextOffset() :
            (record & IN_HOT_LINE) != 0 ? DirectLayout.HOT_OFFSET : ringOffset);
    }

    /**
     * Where the next header in the ring is looked for.
     */
    private int nextOffset()
    {
        return (int)(accepted.getPlain() - basePosition);
    }

    /**
     * Whether a record fits, with the header behind it; sets the padding that it needs.
     */
    private boolean hasRoom(final int aligned)
    {
        return accepted.getPlain() + aligned + DirectLayout.HEADER_LENGTH <= roomPosition || findRoom(aligned);
    }

    private boolean findRoom(final int aligned)
    {
        final int index = nextOffset() - ringOffset;
        final int untilEnd = ringLength - index;
        final int padding = aligned + DirectLayout.HEADER_LENGTH > untilEnd ? untilEnd : 0;
        final long written = lapWritten + index;
        final long needed = written + padding + aligned + DirectLayout.HEADER_LENGTH - ringLength;
        if (needed > freed)
        {
            final long latest = memory.getLongAcquire(consumedOffset + Long.BYTES);
            if (latest >= freed && latest <= written)
            {
                freed = latest;
            }
            if (needed > freed)
            {
                return false;
            }
        }
        claimPadding = padding;
        // none that needs no closer look while a padding is due
        roomPosition = accepted.getPlain() +
            (padding > 0 ? 0 : Math.min(untilEnd, freed + ringLength - written));
        return true;
    }

    @Override
    public void commit()
    {
        if (!hasClaim())
        {
            throw noClaim();
        }
        publish(claimed);
    }

    /**
     * @return the stream position behind the record.
     */
    private long publish(final long record)
    {
        final long position = accepted.getPlain();
        final int aligned = DirectLayout.align(DirectLayout.length(record));
        final long end = position + aligned;
        if ((record & ELSEWHERE) == 0)
        {
            final int at = nextOffset();
            memory.putLong(at + aligned, 0);
            memory.putLongRelease(at, DirectLayout.header(position, (int)record));
            if (position >= tellPosition)
            {
                memory.putLongRelease(writtenOffset, end);
                tellPosition = position + tellStep;
            }
        }
        else
        {
            publishElsewhere(record, position, aligned);
        }
        accepted.setRelease(end);
        return end;
    }

    private void publishElsewhere(final long record, final long position, final int aligned)
    {
        final long header = DirectLayout.header(position, (int)record);
        if ((record & IN_HOT_LINE) != 0)
        {
            hot.publish(header);
            basePosition += aligned;
            roomPosition += aligned;
        }
        else
        {
            memory.putLong(ringOffset + aligned, 0);
            memory.putLongRelease(ringOffset, header);
            memory.putLongRelease(nextOffset(),
                DirectLayout.header(position, DirectLayout.record(DirectLayout.PADDING, claimPadding)));
            claimPadding = 0;
            basePosition = position - ringOffset;
            lapWritten += ringLength;
        }
    }

    @Override
    public void abort()
    {
        if (!hasClaim())
        {
            throw noClaim();
        }
        claimPosition = -1;
    }

    /**
     * Whether a claim is outstanding.
     */
    public boolean hasClaim()
    {
        return claimPosition == accepted.getPlain();
    }

    /**
     * Tells the reader that the stream goes on another way.
     *
     * @return the position from which on it does, or -1 when there is no room now.
     */
    public long sealPosition()
    {
        return hasRoom(DirectLayout.HEADER_LENGTH) ? accepted.getPlain() + DirectLayout.HEADER_LENGTH : -1;
    }

    /**
     * Seals at the position that {@link #sealPosition()} gave just before.
     */
    public void seal()
    {
        publish(inRing(DirectLayout.record(DirectLayout.SEAL, DirectLayout.HEADER_LENGTH)));
    }

    /**
     * Behind the last accepted message. Any thread.
     */
    public long acceptedPosition()
    {
        return accepted.getAcquire();
    }

    /**
     * Up to here the reader's handlers have returned, as far as it can be: never beyond what was accepted. Any thread;
     * takes the line from the reader's core, so not to be called for each message.
     */
    public long consumedPosition()
    {
        return Math.min(memory.getLongAcquire(consumedOffset), accepted.getAcquire());
    }

    /**
     * Hands a lease over: what is written is its handle.
     *
     * @return as {@link MessageSink#transfer}, or {@link NodeLeases#NOT_ATTACHED}, and nothing has changed.
     */
    public long transfer(final Lease lease)
    {
        if (!leases.hasRoom())
        {
            leases.settle(consumedPosition());
            if (!leases.hasRoom())
            {
                return MessageSink.BACK_PRESSURED; // the reader frees room and does not say what it has consumed
            }
        }
        final long record = prepare(NodeLeases.HANDLE_LENGTH);
        if (record == NO_ROOM)
        {
            return MessageSink.BACK_PRESSURED;
        }
        final int offered = leases.offer(lease);
        if (offered < 0)
        {
            return offered;
        }
        memory.putBytes(payloadOffset(record), leases.handles(), leases.handleOffset(), offered);
        leases.sent(accepted.getPlain() + DirectLayout.align(DirectLayout.length(record)));
        return publish(record | DirectLayout.HANDLE);
    }

    /**
     * Takes leases back that the reader has not taken, and says so before: a reader that comes late does not take them
     * for forged. After the end's thread has let go.
     */
    void takeBackLeases()
    {
        memory.putLongVolatile(takenBackOffset, 1);
        leases.takeBack();
    }

    private RuntimeException badClaim(final int length)
    {
        return hasClaim() ?
            new IllegalStateException("a claim is outstanding: commit or abort it first") :
            new MeshException(ErrorCode.MESSAGE_TOO_LONG,
                "need 0 <= length <= " + messageLengthMax + ": length=" + length);
    }

    private static IllegalStateException noClaim()
    {
        return new IllegalStateException("no claim is outstanding: it was committed or aborted before");
    }
}
