package io.aeromesh;

import java.util.List;

/**
 * This node's end of a channel among all nodes that have opened the same name. A message accepted is owed to every
 * member that had joined before; messages are in order per source. A node does not receive its own messages.
 * <p>
 * {@code offer} gives {@link #NOT_CONNECTED} while there is no member and nothing is retained.
 * <p>
 * <b>Threading, blocking, allocation:</b> as {@link Channel}.
 */
public interface BroadcastChannel extends MessageSink, AutoCloseable
{
    /**
     * Name of the channel.
     */
    String name();

    /**
     * Names of the members that are joined now, without this node.
     */
    List<String> members();

    /**
     * Delivers events to the {@link BroadcastListener} of the spec, then received messages to the handler, a fair
     * share of each source.
     *
     * @param handler called for each message, on this thread; the buffer is borrowed until it returns.
     * @param limit   of messages in this call.
     * @return number of messages consumed.
     */
    int poll(MessageHandler handler, int limit);

    /**
     * Position up to which every member has consumed this node's messages.
     */
    long acknowledgedPosition();

    /**
     * Position behind the last accepted message.
     */
    long acceptedPosition();

    /**
     * Whether the channel is closed for good.
     */
    boolean isClosed();

    /**
     * Leaves after what was accepted has been consumed by the members, but at the latest after
     * {@link ChannelSpec#CLOSE_DRAIN_NS_DEFAULT}. Returns at once. Any thread. Idempotent.
     */
    @Override
    void close();
}
