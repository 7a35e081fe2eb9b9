package io.aeromesh.bench;

import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import org.agrona.BufferUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Packets from one of Agrona's rings to another.
 */
public final class AgronaCopyBatch extends PacketBatch
{
    private static final int MSG_TYPE_ID = 1;

    private final OneToOneRingBuffer in = ring();
    private final OneToOneRingBuffer out = ring();
    private final UnsafeBuffer packet = new UnsafeBuffer(BufferUtil.allocateDirectAligned(PACKET_LENGTH, 64));
    private final Sink sink = new Sink(HOP_LIMIT);
    private final MessageHandler copy = (type, buffer, offset, length) -> out.write(type, buffer, offset, length);
    private final MessageHandler toSink = (type, buffer, offset, length) -> sink.onPacket(buffer, offset, length);

    private static OneToOneRingBuffer ring()
    {
        return new OneToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(RING_LENGTH + TRAILER_LENGTH, 128)));
    }

    @Override
    public void fill()
    {
        for (int i = 0; i < BATCH; i++)
        {
            writePacket(packet, 0, 1, 2, i);
            in.write(MSG_TYPE_ID, packet, 0, PACKET_LENGTH);
        }
    }

    @Override
    public int move()
    {
        int count = 0;
        while (count < BATCH)
        {
            count += in.read(copy, POLL_LIMIT); // 0 also where the buffer wraps
        }
        return count;
    }

    @Override
    public void drain()
    {
        int count = 0;
        while (count < BATCH)
        {
            count += out.read(toSink); // 0 also where the buffer wraps
        }
        sink.requireBatch();
    }
}
