package io.aeromesh.bench.layout;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One hot line for both directions: its header is the number of the message, even or odd by who wrote it. The end that
 * last received in it may write it; otherwise a message goes into the ring. After writing, the first look at the line
 * waits for as long as no answer can be there, because that look takes the line from the core that is about to answer.
 */
final class SharedLine implements End
{
    private static final int MESSAGE_OFFSET = 8;
    /** Of a chain of dependent operations, some 2 ns each. */
    private static final int REST_STEPS = 32;

    private final UnsafeBuffer memory;
    private final Ring ring;
    private final int line;
    private final int sideOut;
    private boolean hasTurn;
    private boolean isRestDue;
    private long sent;
    private long received;
    private int chain = 1;

    SharedLine(final UnsafeBuffer memory, final boolean isFirst)
    {
        this.memory = memory;
        ring = new Ring(memory, isFirst, Ring.Kind.STAMPED);
        line = 2 * Ring.LENGTH;
        sideOut = isFirst ? 1 : 0;
        hasTurn = isFirst;
    }

    @Override
    public boolean send(final long number)
    {
        if (hasTurn)
        {
            sent++;
            hasTurn = false;
            isRestDue = true;
            Words.write(memory, line + MESSAGE_OFFSET, number);
            memory.putLongRelease(line, sent << 1 | sideOut);
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
        final long packed = ring.poll(received + 1);
        if (packed != 0)
        {
            received++;
            return packed;
        }
        if (hasTurn)
        {
            return 0;
        }
        if (isRestDue)
        {
            isRestDue = false;
            rest();
        }
        if (memory.getLongAcquire(line) != (received + 1 << 1 | 1 - sideOut))
        {
            return 0;
        }
        received++;
        hasTurn = true;
        return Words.read(memory, line + MESSAGE_OFFSET);
    }

    private void rest()
    {
        int value = chain;
        for (int i = 0; i < REST_STEPS; i++)
        {
            value ^= value << 13;
            value ^= value >>> 17;
            value ^= value << 5;
        }
        chain = value;
    }
}
