package io.aeromesh.bench;

import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.spi.PacketHandler;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A batch of packets that is written, moved and read again; only the moving is measured. A packet carries a message of
 * 32 bytes: {@value #PACKET_LENGTH} bytes with the headers of the packet and of the stream.
 * <p>
 * <b>Threading:</b> one thread.
 */
public abstract class PacketBatch implements AutoCloseable
{
    /** Packets of a batch. */
    public static final int BATCH = 256;

    static final int POLL_LIMIT = 64;
    static final int HOP_LIMIT = 32;
    static final int RING_LENGTH = 64 * 1024;

    private static final int MESSAGE_LENGTH = 32;
    private static final int RECORD_HEADER_LENGTH = 8;
    static final int PACKET_LENGTH = PacketHeader.LENGTH + RECORD_HEADER_LENGTH + MESSAGE_LENGTH;

    /** Writes a batch. */
    public abstract void fill();

    /**
     * Moves the batch.
     *
     * @return work done.
     */
    public abstract int move();

    /**
     * Reads the batch and checks it.
     *
     * @throws IllegalStateException when it is not what was written.
     */
    public abstract void drain();

    @Override
    public void close()
    {
    }

    static void writePacket(
        final MutableDirectBuffer buffer,
        final int offset,
        final long destinationId,
        final long sourceId,
        final int sequence)
    {
        PacketHeader.write(buffer, offset, PacketHeader.DATA, HOP_LIMIT, sequence, destinationId, sourceId, 7,
            (long)sequence * (RECORD_HEADER_LENGTH + MESSAGE_LENGTH));
        buffer.setMemory(offset + PacketHeader.LENGTH, PACKET_LENGTH - PacketHeader.LENGTH, (byte)sequence);
    }

    /** Checks what arrived. */
    static final class Sink implements PacketHandler
    {
        private final int hopLimit;
        private int count;

        Sink(final int hopLimit)
        {
            this.hopLimit = hopLimit;
        }

        @Override
        public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
        {
            count += length == PACKET_LENGTH && PacketHeader.hopLimit(buffer, offset) == hopLimit &&
                PacketHeader.sequence(buffer, offset) == count &&
                buffer.getByte(offset + PACKET_LENGTH - 1) == (byte)count ? 1 : 0;
            return Action.CONTINUE;
        }

        void requireBatch()
        {
            if (count != BATCH)
            {
                throw new IllegalStateException("arrived as sent: " + count + " of " + BATCH);
            }
            count = 0;
        }
    }
}
