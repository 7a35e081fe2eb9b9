package io.aeromesh;

import org.agrona.DirectBuffer;

/**
 * Where messages are sent: flow results are negative numbers, never exceptions.
 */
public interface MessageSink
{
    /**
     * The other end has not opened the channel yet, or its last session ended and the report was not polled yet.
     */
    long NOT_CONNECTED = -1;

    /**
     * The window is full: the other end has not consumed enough. Try again later.
     */
    long BACK_PRESSURED = -2;

    /**
     * There is no way to the other end at this moment. What was accepted stays and goes out when a way appears.
     */
    long NO_ROUTE = -3;

    /**
     * The end is closed for good.
     */
    long CLOSED = -4;

    /**
     * Copies a message into the channel. Never blocks, never allocates.
     *
     * @param buffer holding the message; borrowed until return.
     * @param offset of the message in the buffer.
     * @param length of the message in bytes, 0 to {@link #maxMessageLength()}.
     * @return the stream position behind the message, in bytes, or a negative result such as {@link #BACK_PRESSURED}.
     * @throws io.aeromesh.error.MeshException when the message is too long.
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /**
     * Claims room for a message, to be written in place and then committed or aborted. One claim at a time.
     *
     * @param length of the message in bytes, 0 to {@link #maxMessageLength()}.
     * @param claim  that is set to the room on success.
     * @return the stream position behind the message, in bytes, or a negative result such as {@link #BACK_PRESSURED}.
     * @throws io.aeromesh.error.MeshException when the message is too long.
     */
    long tryClaim(int length, MessageClaim claim);

    /**
     * Sends a lease: on success this side holds it no more, and whoever receives it does. Never blocks, never
     * allocates in steady state.
     * <p>
     * Where the two ends share memory the receiver gets the very block, whatever its length and whatever way the
     * channel goes, at the cost of a message of {@value Lease#HANDLE_LENGTH} bytes. Everywhere else the block's bytes
     * go through the channel's window, straight from the block, which is released once they are consumed, and the
     * receiver gets a block of its own with a copy. Of a broadcast all members that share memory get the one block,
     * each a share of it, and only the others copies; so do members that are not attached to its memory yet.
     * {@link io.aeromesh.status.MeshCounter#LEASES_HANDED_OVER} and
     * {@link io.aeromesh.status.MeshCounter#LEASES_COPIED} tell.
     *
     * @param lease held by this node; holds nothing any more on success, and is unchanged otherwise.
     * @return the stream position behind the message, in bytes, or a negative result such as {@link #BACK_PRESSURED},
     *     which is also given while the receiver is attaching to the memory that the block is in; not by a broadcast.
     * @throws IllegalStateException            when nothing is held, it is another node's, or its owner took it back.
     * @throws io.aeromesh.error.MeshException when the block can only be copied, and there is no way for that.
     */
    long transfer(Lease lease);

    /**
     * Longest message in bytes: half of the window less 8.
     */
    int maxMessageLength();
}
