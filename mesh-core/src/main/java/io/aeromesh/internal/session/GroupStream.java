package io.aeromesh.internal.session;

/**
 * The one stream that a broadcast channel sends to all its members: what is broadcast of it, and what is kept for those
 * that join later.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
final class GroupStream
{
    private final SendStream send;
    private final SendCursor cursor = new SendCursor();
    private final BroadcastSender sender;
    private final long streamId;
    private final int retainLength;
    /** Where a member begins that wants what is retained. */
    private long retained;

    GroupStream(final SendStream send, final BroadcastSender sender, final long streamId, final int retainLength)
    {
        this.send = send;
        this.sender = sender;
        this.streamId = streamId;
        this.retainLength = retainLength;
    }

    /**
     * Sends what is new and has room at the members.
     */
    int broadcast()
    {
        // a lease goes beyond the window, and its bytes only as members consume
        final long tail = Math.min(send.tailPosition(), send.freedPosition() + send.capacity());
        int packets = 0;
        while (cursor.position() < tail && packets < BroadcastSender.PACKETS_PER_CYCLE)
        {
            final int length = send.contiguous(
                cursor.position(), (int)Math.min(BroadcastSender.PAYLOAD_LENGTH_MAX, tail - cursor.position()));
            sender.send(streamId, send, cursor.position(), length);
            cursor.position(cursor.position() + length);
            packets++;
        }
        return packets;
    }

    /**
     * Starts sending to one more member.
     */
    Outbound newOutbound(final boolean wantsRetained)
    {
        return new Outbound(send, cursor, wantsRetained && retainLength > 0 ? retained : send.tailPosition());
    }

    /**
     * How far a member has consumed what was broadcast: who joins while a lease is under way begins behind it, and is
     * not ahead of those that wait for it.
     */
    long consumed(final GroupMember member)
    {
        return Math.min(member.session.outbound().consumedPosition(), cursor.position());
    }

    /**
     * Lets the application overwrite what every member has consumed, less what is to be retained.
     *
     * @param consumed by all.
     * @return position up to which it may.
     */
    long free(final long consumed)
    {
        final long slowest = Math.min(consumed, cursor.position());
        if (retainLength == 0)
        {
            retained = slowest;
        }
        else
        {
            retain(slowest);
        }
        final long freed = Math.min(retained, slowest);
        send.free(freed);
        return freed;
    }

    /**
     * Goes on to the first record that is to be kept, or further where there is no room for what is to be sent next. A
     * lease that is longer than the window can not be kept while its end is to be sent; so who joins meanwhile begins
     * behind it.
     */
    private void retain(final long slowest)
    {
        final long lacked = send.lackedPosition();
        while (retained < slowest && (send.tailPosition() - retained > retainLength || retained < lacked))
        {
            final long next = send.nextRecord(retained);
            if (next > slowest && next - retained <= send.capacity())
            {
                return;
            }
            retained = next;
        }
    }
}
