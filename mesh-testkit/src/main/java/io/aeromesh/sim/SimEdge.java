package io.aeromesh.sim;

import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import java.util.function.BooleanSupplier;
import org.agrona.MutableDirectBuffer;

/**
 * One end of an edge to which nothing comes while it is deaf, as when a network loses one direction.
 *
 * @param inner   edge.
 * @param control lane.
 * @param data    lane.
 */
record SimEdge(Edge inner, Lane control, Lane data) implements Edge
{
    SimEdge(final Edge inner, final BooleanSupplier isDeaf)
    {
        this(inner, new SimLane(inner.control(), isDeaf), new SimLane(inner.data(), isDeaf));
    }

    @Override
    public String peerAddress()
    {
        return inner.peerAddress();
    }

    @Override
    public void close()
    {
        inner.close();
    }

    private record SimLane(Lane inner, BooleanSupplier isDeaf) implements Lane
    {
        @Override
        public int maxPacketLength()
        {
            return inner.maxPacketLength();
        }

        @Override
        public int capacity()
        {
            return inner.capacity();
        }

        @Override
        public int available()
        {
            return inner.available();
        }

        @Override
        public int tryClaim(final int length)
        {
            return inner.tryClaim(length);
        }

        @Override
        public MutableDirectBuffer buffer()
        {
            return inner.buffer();
        }

        @Override
        public void commit()
        {
            inner.commit();
        }

        @Override
        public void abort()
        {
            inner.abort();
        }

        @Override
        public int poll(final PacketHandler handler, final int limit)
        {
            return isDeaf.getAsBoolean() ? 0 : inner.poll(handler, limit);
        }
    }
}
