package io.aeromesh.internal.direct;

import io.aeromesh.Lease;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.SentLeases;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writing half of a direct channel at one end. A short message goes through the hot line while this end has the
 * turn, every other one into the ring, packed. Positions are those of the session's stream, whichever way it goes.
 * <p>
 * <b>Memory order.</b> The reader looks at one header of the ring, the one behind the last record, and at the hot line.
 * Invariant: that header is zero unless it is a committed record's, or leads to the start. New memory is, and before
 * {@link #commit} stores a new header with release it makes the word behind the new record zero (plain), whatever an
 * earlier lap left. Not to look at that word first has a reason: that would fetch its line for reading, and the next
 * record's stores would have to fetch it again. A message in the hot line leaves the ring as it is. Where a record does
 * not fit before the end, the word at the start is made zero, and then the padding that leads there is stored with
 * release, as soon as there is room for the record. It may be given back, but what comes next goes there and not to the
 * hot line: a reader that looked at the ring just before and finds that message first would never go to the start. Room
 * is claimed only where the reader's freed count, loaded with acquire, has passed; the reader stores it with release
 * after its handlers have returned.
 * <p>
 * <b>Why so few stores.</b> On x86 stores leave the processor in program order, so each one, also of a private field
 * or to the stack, waits behind those that wait for a cache line that the reader has; the fewer there are for each
 * message, the more lines are waited for at once, and several in a row to one line count as one. A message in the ring
 * costs its own bytes, two headers and one position, and as a claim a mark and what it costs {@link MessageClaim};
 * everything else is derived, or changes once in many messages.
 * <p>
 * <b>Why {@link #reserve} is one method.</b> A call that is left in a sender's loop, however seldom it is made, has the
 * JIT store that loop's variables to the stack, for each message. C2 leaves none of a method that is often called and
 * has at most 325 bytes of bytecode; nor, in JDK 17, of one that has at most 35 and is called now and then. So that
 * method is of the first kind, and what it calls now and then of the second.
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
    private static final int NO_ROOM = -1;
    /** Where a message goes, above the lower half of its header; else it goes to the ring. */
    private static final long IN_HOT_LINE = 1L << 32;
    private static final int HOT_MESSAGE_MAX = DirectLayout.HOT_LENGTH_MAX - DirectLayout.HEADER_LENGTH;
    /** A call that copies memory takes longer than these few moves. */
    private static final int COPIED_BY_WORDS = 64;
    /** Bytes after which the reader is told how far the ring is written, which costs a cache line's way. */
    private static final int TELL_STEP_MAX = 1024;

    private final UnsafeBuffer memory;
    private final HotLine hot;
    private final int ringOffset;
    private final int ringLength;
    private final int ringEnd;
    private final int tellStep;
    private final int messageLengthMax;
    private final int beginOffset;
    private final int consumedOffset;
    private final int freedOffset;
    private final int writtenOffset;
    private final int takenBackOffset;
    private final SentLeases leases;
    /** Its mark is where the claimed record begins: there is a claim while that is where the stream ends. */
    private final Position accepted = new Position();

    /** Stream position that the start of the memory stands for: a message in the ring does not change it. */
    private long basePosition;
    /** Bytes that all laps before this one had, less where the ring starts. */
    private long lapWritten;
    /** Where the last padding was written: what comes next at that position has to be behind it. */
    private long padPosition = -1;
    /** Up to here is room without a closer look. */
    private long roomPosition;
    /** From here on it is told how far the ring is written. */
    private long tellPosition;
    private long freed;
    /** Type, length and way of the record that there was room for last. */
    private long reserved = IN_HOT_LINE;

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
        ringEnd = ringOffset + ringLength;
        lapWritten = -ringOffset;
        tellStep = Math.min(TELL_STEP_MAX, window >> 4);
        basePosition = -ringOffset;
        this.messageLengthMax = messageLengthMax;
        this.leases = leases;
        takenBackOffset = DirectLayout.takenBackOffset(isCreator);
        beginOffset = DirectLayout.beginOffset(isCreator);
        consumedOffset = DirectLayout.consumedOffset(!isCreator);
        freedOffset = consumedOffset + Long.BYTES;
        writtenOffset = DirectLayout.writtenOffset(isCreator);
    }

    /**
     * Goes on with the stream at a position: what comes before it went another way. At first, or after a seal.
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
        final int at = reserve(length, true);
        if (at < 0)
        {
            return MessageSink.BACK_PRESSURED;
        }
        if (length <= COPIED_BY_WORDS)
        {
            copyByWords(at, source, offset, length);
        }
        else
        {
            memory.putBytes(at, source, offset, length);
        }
        return publish(reserved);
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
     * Claims room for a message.
     *
     * @param claim  is told where the message is written.
     * @param holder commits or aborts it.
     * @return the stream position behind the message, or {@link MessageSink#BACK_PRESSURED}.
     */
    public long tryClaim(final int length, final MessageClaim claim, final ClaimHolder holder)
    {
        Objects.requireNonNull(claim, "claim"); // or it could not be given back
        final int at = reserve(length, true);
        if (at < 0)
        {
            return MessageSink.BACK_PRESSURED;
        }
        final long position = accepted.getPlain();
        accepted.mark(position);
        claim.wrap(holder, memory, at, length);
        return position + DirectLayout.align(length + DirectLayout.HEADER_LENGTH);
    }

    /**
     * Finds room for a message, and goes to the start of the ring if there is none before its end. Most often
     * the next message is as long as the last one and only the outer condition is looked at.
     *
     * @return where the payload goes, or {@link #NO_ROOM}.
     */
    private int reserve(final int length, final boolean mayBeInHotLine)
    {
        final long position = accepted.getPlain();
        final int needed = DirectLayout.align(length + DirectLayout.HEADER_LENGTH) + DirectLayout.HEADER_LENGTH;
        if (record(length) != reserved || accepted.mark() == position || hot.hasTurn() ||
            position + needed > roomPosition)
        {
            requireGood(length);
            reserved = record(length);
            if (mayBeInHotLine && hot.hasTurn() && length <= HOT_MESSAGE_MAX && position != padPosition)
            {
                reserved |= IN_HOT_LINE;
                return DirectLayout.HOT_OFFSET + DirectLayout.HEADER_LENGTH;
            }
            if (position + needed > roomPosition)
            {
                final int at = nextOffset();
                final int padding = at + needed > ringEnd ? ringEnd - at : 0;
                final long written = lapWritten + at;
                final long freedMin = written + padding + needed - ringLength;
                if (freedMin > freed)
                {
                    lookFreed(written);
                    if (freedMin > freed)
                    {
                        return NO_ROOM;
                    }
                }
                if (padding > 0)
                {
                    pad(position, at, padding);
                    padPosition = position;
                    basePosition = position - ringOffset;
                    lapWritten += ringLength;
                }
                // a record and the header behind it are in one piece
                roomPosition = Math.min(basePosition + ringEnd, position + needed + freed - freedMin);
            }
        }
        return nextOffset() + DirectLayout.HEADER_LENGTH;
    }

    private void requireGood(final int length)
    {
        if (length < 0 || length > messageLengthMax || hasClaim())
        {
            throw badClaim(length);
        }
    }

    private void lookFreed(final long written)
    {
        final long latest = memory.getLongAcquire(freedOffset);
        if (latest >= freed && latest <= written)
        {
            freed = latest;
        }
    }

    private void pad(final long position, final int at, final int padding)
    {
        memory.putLong(ringOffset, 0);
        memory.putLongRelease(
            at, DirectLayout.header(position, DirectLayout.record(DirectLayout.PADDING, padding)));
    }

    private static long record(final int length)
    {
        return DirectLayout.record(DirectLayout.MESSAGE, length + DirectLayout.HEADER_LENGTH);
    }

    /**
     * Where the next header in the ring is looked for.
     */
    private int nextOffset()
    {
        return (int)(accepted.getPlain() - basePosition);
    }

    @Override
    public void commit()
    {
        if (!hasClaim())
        {
            throw noClaim();
        }
        publish(reserved);
    }

    /**
     * @return the stream position behind the record.
     */
    private long publish(final long record)
    {
        final long position = accepted.getPlain();
        final long header = DirectLayout.header(position, (int)record);
        final int aligned = DirectLayout.align(DirectLayout.length(record));
        final long end = position + aligned;
        if ((record & IN_HOT_LINE) == 0)
        {
            final int at = nextOffset();
            memory.putLong(at + aligned, 0);
            memory.putLongRelease(at, header);
            if (position >= tellPosition)
            {
                memory.putLongRelease(writtenOffset, end);
                tellPosition = position + tellStep;
            }
        }
        else
        {
            hot.publish(header);
            basePosition += aligned;
            roomPosition += aligned;
        }
        accepted.setRelease(end);
        return end;
    }

    @Override
    public void abort()
    {
        if (!hasClaim())
        {
            throw noClaim();
        }
        accepted.mark(-1);
    }

    /**
     * Whether a claim is outstanding.
     */
    public boolean hasClaim()
    {
        return accepted.mark() == accepted.getPlain();
    }

    /**
     * Finds room to tell the reader that the stream goes on another way. No claim is outstanding.
     *
     * @return the position from which on it does, or -1 when there is no room now.
     */
    public long sealPosition()
    {
        return reserve(0, false) < 0 ? -1 : accepted.getPlain() + DirectLayout.HEADER_LENGTH;
    }

    /**
     * Seals at the position that {@link #sealPosition()} gave just before.
     */
    public void seal()
    {
        publish(DirectLayout.record(DirectLayout.SEAL, DirectLayout.HEADER_LENGTH));
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
     * @return as {@link MessageSink#transfer}, or {@link NodeLeases#NOT_ATTACHED}, and nothing is sent.
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
        final int at = reserve(NodeLeases.HANDLE_LENGTH, true);
        if (at < 0)
        {
            return MessageSink.BACK_PRESSURED;
        }
        final int offered = leases.offer(lease);
        if (offered < 0)
        {
            return offered;
        }
        memory.putBytes(at, leases.handles(), leases.handleOffset(), offered);
        leases.sent(accepted.getPlain() + DirectLayout.align(DirectLayout.length(reserved)));
        return publish(reserved | DirectLayout.HANDLE);
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
