package io.aeromesh.internal.session;

import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.os.Parking;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sending half of a session under any acknowledgements. What it sends and repairs is a range of what was accepted
 * and is still kept, aligned, and never empty, so that sending comes to an end.
 */
public final class SendFuzz
{
    private static final int WINDOW = 4096;
    private static final int PAYLOAD_MAX = 512;
    private static final int STEPS_MAX = 128;
    private static final UnsafeBuffer MESSAGE = new UnsafeBuffer(new byte[WINDOW / 2]);

    private final FuzzInput input;
    private final SendStream stream = new SendStream(WINDOW, Parking.NONE);
    private final SendCursor cursor = new SendCursor();
    private final Outbound outbound = new Outbound(stream, cursor, 0);
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[PAYLOAD_MAX]);

    private SendFuzz(final FuzzInput input)
    {
        this.input = input;
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(32 * 1024, bytes, SendFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final SendFuzz one = new SendFuzz(new FuzzInput(bytes));
        for (int i = 0; i < STEPS_MAX && one.input.hasMore(); i++)
        {
            one.step();
        }
    }

    private void step()
    {
        switch (input.below(7))
        {
            case 0 -> stream.offer(MESSAGE, 0, input.int16() % (stream.messageLengthMax() + 1));
            case 1 -> sendNew();
            case 2 -> acknowledge(near(), near());
            case 3 -> acknowledge(input.int64(), input.int64());
            case 4 -> outbound.onCongestion(input.int64() & -StreamRecord.ALIGNMENT);
            case 5 -> outbound.onProbeAnswer(outbound.startProbe() - input.below(2));
            default -> repair();
        }
        Must.within(0, stream.freedPosition(), stream.tailPosition(), "freed");
        Must.within(stream.freedPosition(), outbound.sentPosition(), stream.tailPosition(), "sent");
    }

    private long near()
    {
        return outbound.sentPosition() - input.int16() % (2 * WINDOW) + WINDOW / 2;
    }

    private void acknowledge(final long consumed, final long received)
    {
        if (outbound.onAck(consumed, received))
        {
            final RangeSet beyond = outbound.peerBeyond();
            beyond.clear();
            for (int i = input.below(8); i > 0; i--)
            {
                final long begin = received + (input.int16() & -Long.BYTES);
                beyond.add(begin, begin + (1L + input.below(64)) * StreamRecord.ALIGNMENT);
            }
            beyond.advance(outbound.receivedPosition());
            outbound.onGaps(input.int8());
            stream.free(outbound.consumedPosition());
        }
    }

    private void sendNew()
    {
        final long limit = Math.min(stream.tailPosition(), outbound.sendLimit() & -StreamRecord.ALIGNMENT);
        while (outbound.sentPosition() < limit)
        {
            final long position = outbound.sentPosition();
            final int length = stream.contiguous(position, (int)Math.min(PAYLOAD_MAX, limit - position));
            copy(position, length);
            outbound.takeSequence();
            outbound.sent(length);
        }
    }

    private void repair()
    {
        for (long position = outbound.nextRepair(); position >= 0; position = outbound.nextRepair())
        {
            final int length = stream.contiguous(position, outbound.repairLength(PAYLOAD_MAX));
            copy(position, length);
            outbound.takeSequence();
            outbound.repaired(length);
        }
    }

    private void copy(final long position, final int length)
    {
        Must.within(1, length, PAYLOAD_MAX, "length of a packet");
        Must.hold(((position | length) & StreamRecord.ALIGNMENT - 1) == 0, "misaligned packet", position);
        Must.within(stream.freedPosition(), position, outbound.sentPosition(), "position of a packet");
        Must.within(position + length, position + length, stream.tailPosition(), "end of a packet");
        stream.copyTo(position, length, packet, 0);
    }
}
