package io.aeromesh.tools.stream;

import org.agrona.collections.LongArrayQueue;

/**
 * What of the input is acknowledged: positions of a channel count its own bytes, people count theirs. Remembers each
 * message until it is acknowledged, which the window bounds.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> while it grows.
 */
final class Acknowledged
{
    private final LongArrayQueue positions = new LongArrayQueue(Long.MIN_VALUE);
    private final LongArrayQueue totals = new LongArrayQueue(Long.MIN_VALUE);
    private long acceptedBytes;
    private long acceptedMessages;
    private long bytes;
    private long messages;

    /**
     * A message was accepted.
     *
     * @param position that {@code offer} returned.
     * @param length   of the message, in bytes.
     */
    void onAccepted(final long position, final int length)
    {
        acceptedBytes += length;
        acceptedMessages++;
        positions.offerLong(position);
        totals.offerLong(acceptedBytes);
    }

    /**
     * All up to a position is consumed.
     */
    void onAcknowledged(final long position)
    {
        while (!positions.isEmpty() && positions.peekLong() <= position)
        {
            positions.pollLong();
            bytes = totals.pollLong();
            messages++;
        }
    }

    long acceptedBytes()
    {
        return acceptedBytes;
    }

    long acceptedMessages()
    {
        return acceptedMessages;
    }

    long bytes()
    {
        return bytes;
    }

    long messages()
    {
        return messages;
    }

    boolean isComplete()
    {
        return positions.isEmpty();
    }
}
