package io.aeromesh.aeron;

import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One lane of one generation: our publication towards the peer, and the peer's image.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none after construction. <b>Owns:</b> its claim; publication
 * and image belong to the medium, which calls {@link #release} before they go.
 */
final class AeronLane implements Lane
{
    /** Aeron needs another call when a term has ended or its administration has just changed. */
    private static final int CLAIM_ATTEMPTS = 3;
    /** What a claim points at when its memory has been taken away. Nobody reads it. */
    private static final UnsafeBuffer NOWHERE = new UnsafeBuffer(new byte[AeronOptions.MTU_MAX + 64]);

    private final ExclusivePublication publication;
    private final LaneReceiver receiver;
    private final long receiveAddress;
    private final int capacity;
    private final int maxPacketLength;
    private final BufferClaim claim = new BufferClaim();
    private long sendAddress;
    private boolean isOpen;
    private boolean isReadable = true;
    private boolean isClaimed;

    AeronLane(final ExclusivePublication publication, final LaneReceiver receiver, final long receiveAddress)
    {
        this.publication = publication;
        this.receiver = receiver;
        this.receiveAddress = receiveAddress;
        capacity = publication.termBufferLength() / 2;
        maxPacketLength = publication.maxPayloadLength();
        claim.wrap(NOWHERE, 0, NOWHERE.capacity());
    }

    @Override
    public int maxPacketLength()
    {
        return maxPacketLength;
    }

    @Override
    public int capacity()
    {
        return capacity;
    }

    @Override
    public int available()
    {
        return isOpen ? (int)Math.max(0, Math.min(capacity, publication.availableWindow())) : 0;
    }

    @Override
    public int tryClaim(final int length)
    {
        if (!isOpen)
        {
            return CLOSED;
        }

        long result = Publication.ADMIN_ACTION;
        for (int i = 0; i < CLAIM_ATTEMPTS && result == Publication.ADMIN_ACTION; i++)
        {
            result = publication.tryClaim(length, claim);
        }

        if (result > 0)
        {
            isClaimed = true;
            return claim.offset();
        }
        return result == Publication.BACK_PRESSURED || result == Publication.ADMIN_ACTION ? BACK_PRESSURED : CLOSED;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return claim.buffer();
    }

    @Override
    public void commit()
    {
        if (isClaimed)
        {
            isClaimed = false;
            claim.reservedValue(sendAddress);
            claim.commit();
        }
    }

    @Override
    public void abort()
    {
        if (isClaimed)
        {
            isClaimed = false;
            claim.abort();
        }
    }

    @Override
    public int poll(final PacketHandler handler, final int limit)
    {
        return isReadable ? receiver.poll(receiveAddress, handler, limit) : 0;
    }

    boolean isEnded()
    {
        return receiver.isEnded();
    }

    /**
     * Before the edge is up: takes in link frames; packets of this generation wait.
     */
    int pump()
    {
        return receiver.pump(receiveAddress);
    }

    void open(final long address)
    {
        sendAddress = address;
        isOpen = true;
    }

    /**
     * Nothing goes out any more; what came in can still be polled.
     */
    void shut()
    {
        isOpen = false;
        abort();
        claim.wrap(NOWHERE, 0, NOWHERE.capacity());
    }

    /**
     * Nothing goes either way any more, and no memory of the client is pointed at.
     */
    void release()
    {
        shut();
        isReadable = false;
    }
}
