package io.aeromesh.ring;

import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import org.agrona.MutableDirectBuffer;

/**
 * A lane over two rings, one each way. Made by {@link RingEdge}, which owns its memory.
 * <p>
 * <b>Threading:</b> agent thread only. A poll from within a handler of the same lane finds nothing.
 */
public final class RingLane implements Lane
{
    private enum State
    {
        OPEN, SEALED, CLOSED
    }

    private final RingProducer producer;
    private final RingConsumer consumer;
    private RingEdge edge;
    private State state = State.OPEN;
    private boolean isPolling;

    /**
     * Joins the ends of two rings.
     *
     * @param producer towards the peer.
     * @param consumer from the peer.
     */
    public RingLane(final RingProducer producer, final RingConsumer consumer)
    {
        this.producer = producer;
        this.consumer = consumer;
    }

    @Override
    public int maxPacketLength()
    {
        return producer.maxPacketLength();
    }

    @Override
    public int capacity()
    {
        return producer.capacity();
    }

    @Override
    public int available()
    {
        if (State.OPEN != state)
        {
            return 0;
        }

        final int available = producer.available();
        if (null != producer.failure())
        {
            fail();
        }
        return available;
    }

    @Override
    public int tryClaim(final int length)
    {
        if (State.OPEN != state)
        {
            return CLOSED;
        }

        final int result = producer.tryClaim(length);
        if (RingProducer.CORRUPT == result)
        {
            fail();
            return CLOSED;
        }
        return result;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return producer.buffer();
    }

    /**
     * Makes the claimed packet visible; aborts it when the edge was closed meanwhile.
     */
    @Override
    public void commit()
    {
        if (State.CLOSED == state)
        {
            abort();
            return;
        }
        producer.commit();
    }

    @Override
    public void abort()
    {
        producer.abort();
        if (State.CLOSED == state)
        {
            edge.onLaneIdle();
        }
    }

    @Override
    public int poll(final PacketHandler handler, final int limit)
    {
        if (State.CLOSED == state || isPolling || consumer.isEmpty())
        {
            return 0;
        }

        isPolling = true;
        try
        {
            final int count = consumer.poll(handler, limit);
            if (RingConsumer.CORRUPT == count)
            {
                fail();
                return 0;
            }
            return count;
        }
        finally
        {
            isPolling = false;
            if (State.CLOSED == state)
            {
                edge.onLaneIdle();
            }
        }
    }

    /**
     * Bytes that went through this lane either way since it was made. Says cheaply whether it was used.
     */
    public long traffic()
    {
        return producer.tail() + consumer.head();
    }

    long tail()
    {
        return producer.tail();
    }

    void edge(final RingEdge edge)
    {
        this.edge = edge;
    }

    String failure()
    {
        return null != consumer.failure() ? consumer.failure() : producer.failure();
    }

    boolean isIdle()
    {
        return !isPolling && !producer.hasClaim();
    }

    void seal()
    {
        if (State.OPEN == state)
        {
            state = State.SEALED;
        }
    }

    void close()
    {
        state = State.CLOSED;
    }

    private void fail()
    {
        seal();
        edge.onLaneFailure();
    }
}
