package io.aeromesh.bench;

import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingProducer;
import io.aeromesh.spi.PacketHandler;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets from one of our rings to another, without a look at them.
 */
public final class CopyBatch extends PacketBatch
{
    private final UnsafeBuffer inRegion = region();
    private final UnsafeBuffer outRegion = region();
    private final RingProducer in = new RingProducer(inRegion);
    private final RingConsumer inEnd = new RingConsumer(inRegion);
    private final RingProducer out = new RingProducer(outRegion);
    private final RingConsumer outEnd = new RingConsumer(outRegion);
    private final Sink sink = new Sink(HOP_LIMIT);
    private final PacketHandler copy = this::copy;

    private static UnsafeBuffer region()
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(RingDescriptor.regionLength(RING_LENGTH), 128));
    }

    @Override
    public void fill()
    {
        for (int i = 0; i < BATCH; i++)
        {
            final int offset = in.tryClaim(PACKET_LENGTH);
            writePacket(in.buffer(), offset, 1, 2, i);
            in.commit();
        }
    }

    private PacketHandler.Action copy(final DirectBuffer buffer, final int offset, final int length)
    {
        final int claimed = out.tryClaim(length);
        out.buffer().putBytes(claimed, buffer, offset, length);
        out.commit();
        return PacketHandler.Action.CONTINUE;
    }

    @Override
    public int move()
    {
        int count = 0;
        int done;
        while ((done = inEnd.poll(copy, POLL_LIMIT)) > 0)
        {
            count += done;
        }
        return count;
    }

    @Override
    public void drain()
    {
        outEnd.poll(sink, BATCH);
        sink.requireBatch();
    }
}
