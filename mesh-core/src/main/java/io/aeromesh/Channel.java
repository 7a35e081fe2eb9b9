package io.aeromesh;

import org.agrona.DirectBuffer;

/**
 * One end of a two-way conversation with one other node. Messages accepted by {@link #offer} arrive at the other end
 * exactly once and in order, or are reported by {@link ChannelListener#onSessionEnded}.
 * <p>
 * <b>Threading:</b> one thread at a time uses an end, and that thread need not be the node's agent; asserted under
 * {@code -ea}. {@link #state()}, {@link #close()} and the names may be used from any thread.
 * <b>Blocking:</b> never. <b>Allocation:</b> none in {@code offer}, {@code tryClaim} and {@code poll}.
 * <p>
 * Poll also where only sending: events of the channel are delivered by {@code poll}, and after the end of a session
 * nothing is accepted until its report has been delivered.
 */
public interface Channel extends MessageSink, AutoCloseable
{
    /**
     * Name of the node at the other end.
     */
    String peer();

    /**
     * Name of the channel, the same at both ends.
     */
    String name();

    /**
     * What the channel can do now.
     */
    ChannelState state();

    /**
     * Which way this end's messages go now, and why. Any thread.
     */
    ChannelPath path();

    /**
     * Changes which ways are wanted, in place of the spec's. Messages change their way at a boundary between two of
     * them; nothing is lost, repeated or reordered by it. The other end follows. Any thread.
     */
    void mode(ChannelSpec.Mode mode);

    /**
     * Delivers events to the {@link ChannelListener} of the spec, then received messages to the handler.
     *
     * @param handler called for each message, on this thread; the buffer is borrowed until it returns. If it throws,
     *                the message counts as consumed.
     * @param limit   of messages in this call.
     * @return number of messages consumed.
     */
    int poll(MessageHandler handler, int limit);

    /**
     * As {@link #poll}, and the handler decides after each message whether it is consumed and whether to go on.
     */
    int controlledPoll(ControlledMessageHandler handler, int limit);

    /**
     * Position up to which the peer's application has consumed this end's messages, in bytes of this end's stream.
     * The value returned by {@link #offer} is at or below it once that message has been consumed.
     */
    long acknowledgedPosition();

    /**
     * Position behind the last accepted message.
     */
    long acceptedPosition();

    /**
     * Closes this end after what was accepted has been consumed by the peer, but at the latest after
     * {@link ChannelSpec#closeDrainNs()}. Returns at once; the outcome is in {@link #closeReport()}. Idempotent.
     * <p>
     * Any thread; from now on {@code offer} and {@code poll} return {@link #CLOSED}. Messages that were received but
     * not polled are not consumed, and the peer is told so.
     */
    @Override
    void close();

    /**
     * What became of the last session at {@link #close()}, or null while it is not settled.
     */
    SessionReport closeReport();

    /**
     * Offers the whole of a buffer.
     */
    default long offer(final DirectBuffer buffer)
    {
        return offer(buffer, 0, buffer.capacity());
    }
}
