package io.aeromesh.aeron;

import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One lane of one generation: our publication towards the peer, and the peer's image.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while the generation lasts. <b>Owns:</b> its claim and
 * its backlog; publication and image belong to the medium, which calls {@link #shut} before they go.
 */
final class AeronLane implements Lane
{
    /** Aeron needs another call when a term has ended or its administration has just changed. */
    private static final int CLAIM_ATTEMPTS = 3;
    /** What a claim points at when its memory has been taken away. Nobody reads it. */
    private static final UnsafeBuffer NOWHERE = new UnsafeBuffer(new byte[AeronOptions.MTU_MAX + 64]);

    private enum State
    {
        PENDING,
        OPEN,
        SHUT,
        CLOSED
    }

    private final ExclusivePublication publication;
    private final LaneReceiver receiver;
    private final long receiveAddress;
    private final Backlog backlog;
    private final int capacity;
    private final int maxPacketLength;
    private final BufferClaim claim = new BufferClaim();
    private long sendAddress;
    private State state = State.PENDING;
    private boolean isClaimed;
    private boolean isCommitted;
    private PacketHandler handler;
    private int delivered;
    private Throwable thrown;

    /**
     * @param receiveAddress of packets of this generation.
     */
    AeronLane(final ExclusivePublication publication, final LaneReceiver receiver, final long receiveAddress)
    {
        this.publication = publication;
        this.receiver = receiver;
        this.receiveAddress = receiveAddress;
        backlog = new Backlog(receiver.termBufferLength());
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
        return state == State.OPEN ? (int)Math.max(0, Math.min(capacity, publication.availableWindow())) : 0;
    }

    @Override
    public int tryClaim(final int length)
    {
        if (state != State.OPEN)
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
            isCommitted = true;
        }
    }

    /**
     * Whether something was committed since the last call.
     */
    boolean takeCommitted()
    {
        final boolean was = isCommitted;
        isCommitted = false;
        return was;
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
    public int poll(final PacketHandler to, final int limit)
    {
        if (state != State.OPEN)
        {
            return state == State.SHUT ? backlog.poll(to, limit) : 0;
        }

        handler = to;
        delivered = 0;
        receiver.poll(limit);
        handler = null;

        if (thrown != null)
        {
            final Throwable failure = thrown;
            thrown = null;
            rethrow(failure);
        }
        return delivered;
    }

    long receiveAddress()
    {
        return receiveAddress;
    }

    /**
     * A packet of this generation, from the receiver.
     */
    Action onPacket(final DirectBuffer buffer, final int offset, final int length)
    {
        if (handler == null)
        {
            return Action.ABORT; // waits until the edge is up and polled
        }

        PacketHandler.Action action;
        try
        {
            action = handler.onPacket(buffer, offset, length);
        }
        catch (final Throwable ex) // thrown on by poll: the image would hand it to the client's error handler
        {
            thrown = ex;
            action = PacketHandler.Action.BREAK;
        }
        if (action == PacketHandler.Action.ABORT)
        {
            return Action.ABORT;
        }

        delivered++;
        if (state != State.OPEN || action == PacketHandler.Action.BREAK)
        {
            return Action.BREAK;
        }
        return action == PacketHandler.Action.COMMIT ? Action.COMMIT : Action.CONTINUE;
    }

    /**
     * A packet of this generation that came in but was not polled before its end.
     *
     * @return false when more came than the lane holds.
     */
    boolean keep(final DirectBuffer buffer, final int offset, final int length)
    {
        return state != State.SHUT || backlog.add(buffer, offset, length);
    }

    void open(final long address)
    {
        sendAddress = address;
        state = State.OPEN;
    }

    /**
     * Nothing goes out any more, and no memory of the client is pointed at; the backlog can still be polled.
     */
    void shut()
    {
        abort();
        claim.wrap(NOWHERE, 0, NOWHERE.capacity());
        if (state != State.CLOSED)
        {
            state = State.SHUT;
        }
    }

    void close()
    {
        shut();
        state = State.CLOSED;
        backlog.clear();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(final Throwable failure) throws T
    {
        throw (T)failure;
    }
}
