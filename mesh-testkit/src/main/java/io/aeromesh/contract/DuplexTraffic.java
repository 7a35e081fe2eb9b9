package io.aeromesh.contract;

import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Sends numbered, checksummed packets on both lanes of an end's edge and checks those that come back the other way.
 * <p>
 * <b>Threading:</b> one thread, which also runs the end's duty cycle.
 */
final class DuplexTraffic
{
    private static final int HEADER_LENGTH = 16;
    private static final int LENGTH_MAX = 512;
    private static final int POLL_LIMIT = 32;

    private final ContractEnd end;
    private final int count;
    private final Flow control;
    private final Flow data;

    DuplexTraffic(final ContractEnd end, final int count)
    {
        final Edge edge = end.edge();
        this.end = end;
        this.count = count;
        this.control = new Flow(edge.control());
        this.data = new Flow(edge.data());
    }

    int doWork()
    {
        return end.doWork() + control.doWork() + data.doWork();
    }

    boolean isDone()
    {
        return control.isDone() && data.isDone();
    }

    @Override
    public String toString()
    {
        return end.nodeName() + ": control " + control + ", data " + data;
    }

    private final class Flow implements PacketHandler
    {
        private final Lane lane;
        private int sent;
        private int received;

        Flow(final Lane lane)
        {
            this.lane = lane;
        }

        int doWork()
        {
            int work = lane.poll(this, POLL_LIMIT);
            for (int i = 0; i < POLL_LIMIT && sent < count && send(); i++)
            {
                work++;
            }
            return work;
        }

        boolean isDone()
        {
            return sent == count && received == count;
        }

        private boolean send()
        {
            final int length = length(sent);
            final int offset = lane.tryClaim(length);
            if (offset < 0)
            {
                if (Lane.BACK_PRESSURED != offset)
                {
                    throw new AssertionError("claim returned " + offset);
                }
                return false;
            }

            final MutableDirectBuffer buffer = lane.buffer();
            long sum = sent;
            for (int i = HEADER_LENGTH; i < length; i++)
            {
                final byte value = (byte)(sent * 31 + i);
                buffer.putByte(offset + i, value);
                sum = sum * 31 + value;
            }
            buffer.putLong(offset, sent);
            buffer.putLong(offset + Long.BYTES, sum);
            lane.commit();
            sent++;
            return true;
        }

        @Override
        public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
        {
            if (length != length(received) || buffer.getLong(offset) != received)
            {
                throw new AssertionError("packet " + received + ": number=" + buffer.getLong(offset) +
                    ", length=" + length);
            }
            long sum = received;
            for (int i = HEADER_LENGTH; i < length; i++)
            {
                sum = sum * 31 + buffer.getByte(offset + i);
            }
            if (sum != buffer.getLong(offset + Long.BYTES))
            {
                throw new AssertionError("checksum of packet " + received);
            }
            received++;
            return Action.CONTINUE;
        }

        @Override
        public String toString()
        {
            return "sent=" + sent + " received=" + received;
        }

        private int length(final int number)
        {
            return HEADER_LENGTH + number * 37 % (LENGTH_MAX - HEADER_LENGTH);
        }
    }
}
