package io.aeromesh.bench.layout;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A hot line for each direction: stamp, number of messages that its writer has read, message. A message goes there when
 * the other end is known to have read all that was sent, and into the ring otherwise. An answer carries that knowledge,
 * so a question and its answer stay in the two lines. Records of the ring are stamped by their number in the stream, so
 * that one is not taken for the next while the line has an earlier one.
 */
final class LineEachWay implements End
{
    private static final int READ_OFFSET = 8;
    private static final int MESSAGE_OFFSET = 16;

    private final UnsafeBuffer memory;
    private final Ring ring;
    private final int outLine;
    private final int inLine;
    private long sent;
    private long received;
    private long readByPeer;

    LineEachWay(final UnsafeBuffer memory, final boolean isFirst)
    {
        this.memory = memory;
        ring = new Ring(memory, isFirst, Ring.Kind.STAMPED);
        outLine = 2 * Ring.LENGTH + (isFirst ? 0 : Layout.APART);
        inLine = 2 * Ring.LENGTH + (isFirst ? Layout.APART : 0);
    }

    @Override
    public boolean send(final long number)
    {
        if (sent == readByPeer)
        {
            sent++;
            memory.putLong(outLine + READ_OFFSET, received);
            Words.write(memory, outLine + MESSAGE_OFFSET, number);
            memory.putLongRelease(outLine, sent);
            return true;
        }
        if (ring.send(number, sent + 1))
        {
            sent++;
            return true;
        }
        return false;
    }

    @Override
    public long poll()
    {
        if (memory.getLongAcquire(inLine) == received + 1)
        {
            received++;
            readByPeer = memory.getLong(inLine + READ_OFFSET);
            return Words.read(memory, inLine + MESSAGE_OFFSET);
        }
        final long number = ring.poll(received + 1);
        if (number != 0)
        {
            received++;
        }
        return number;
    }
}
