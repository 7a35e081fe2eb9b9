package io.aeromesh.fake;

import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import org.agrona.MutableDirectBuffer;

/**
 * A lane that does what another does.
 * <p>
 * <b>Threading:</b> as the other.
 */
public class ForwardingLane implements Lane
{
    private final Lane inner;

    /**
     * @param inner lane that does everything.
     */
    public ForwardingLane(final Lane inner)
    {
        this.inner = inner;
    }

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
        return inner.poll(handler, limit);
    }
}
