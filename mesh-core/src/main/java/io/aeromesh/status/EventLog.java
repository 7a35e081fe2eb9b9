package io.aeromesh.status;

import static io.aeromesh.status.StatusLayout.EVENT_BEGUN_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_DETAIL_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_KIND_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_LENGTH;
import static io.aeromesh.status.StatusLayout.EVENT_NUMBER_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_SUBJECT_LENGTH_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_TEXT_LENGTH;
import static io.aeromesh.status.StatusLayout.EVENT_TEXT_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_TIME_OFFSET;
import static io.aeromesh.status.StatusLayout.EVENT_VALUE_OFFSET;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The recent events of a node, the newest in place of the oldest. Each has its number twice: the one behind it is
 * written before the rest, the one before it after. Who reads upwards, finds both alike and finds the same when it
 * reads once more has read one whole event.
 * <p>
 * <b>Threading:</b> the agent alone writes. <b>Allocation:</b> none; what does not fit is cut off.
 */
public final class EventLog
{
    private static final int ASCII = 0x80;
    private static final int TWO_BYTES = 0x800;
    private static final int SUPPLEMENTARY = 0x10000;

    private final UnsafeBuffer buffer;
    private final int offset;
    private final int mask;
    private final EpochClock clock;
    private long number;
    private int textEnd;

    EventLog(final UnsafeBuffer buffer, final int offset, final int eventsMax, final EpochClock clock)
    {
        this.buffer = buffer;
        this.offset = offset;
        this.clock = clock;
        mask = eventsMax - 1;
    }

    /**
     * Notes an event without a value.
     */
    public void note(final MeshEvent event, final String subject, final CharSequence detail)
    {
        note(event, subject, detail, 0);
    }

    /**
     * Notes an event.
     *
     * @param event   its kind.
     * @param subject what it is of.
     * @param detail  the rest, or empty.
     * @param value   in what {@link MeshEvent#value()} says.
     */
    public void note(final MeshEvent event, final String subject, final CharSequence detail, final long value)
    {
        final int slot = offset + ((int)number & mask) * EVENT_LENGTH;
        number++;
        buffer.putLong(slot + EVENT_BEGUN_OFFSET, number);
        VarHandle.storeStoreFence();
        buffer.putLong(slot + EVENT_TIME_OFFSET, clock.time());
        buffer.putInt(slot + EVENT_KIND_OFFSET, event.id());
        buffer.putLong(slot + EVENT_VALUE_OFFSET, value);
        final int text = slot + EVENT_TEXT_OFFSET;
        textEnd = text + EVENT_TEXT_LENGTH;
        final int subjectEnd = putUtf8(text, subject);
        buffer.putInt(slot + EVENT_SUBJECT_LENGTH_OFFSET, subjectEnd - text);
        buffer.putInt(slot + EVENT_DETAIL_LENGTH_OFFSET, putUtf8(subjectEnd, detail) - subjectEnd);
        buffer.putLongRelease(slot + EVENT_NUMBER_OFFSET, number);
    }

    /**
     * As much as fits, in whole characters.
     *
     * @return the offset behind it.
     */
    private int putUtf8(final int begin, final CharSequence text)
    {
        int at = begin;
        int index = 0;
        while (index < text.length())
        {
            final int codePoint = Character.codePointAt(text, index);
            final int length = codePoint < ASCII ? 1 : codePoint < TWO_BYTES ? 2 : codePoint < SUPPLEMENTARY ? 3 : 4;
            if (at + length > textEnd)
            {
                break;
            }
            put(at, codePoint, length);
            at += length;
            index += Character.charCount(codePoint);
        }
        return at;
    }

    private void put(final int at, final int codePoint, final int length)
    {
        if (length == 1)
        {
            buffer.putByte(at, (byte)codePoint);
            return;
        }
        int rest = codePoint;
        for (int i = length - 1; i > 0; i--)
        {
            buffer.putByte(at + i, (byte)(0x80 | rest & 0x3F));
            rest >>>= 6;
        }
        buffer.putByte(at, (byte)(0xF00 >>> length & 0xFF | rest));
    }
}
