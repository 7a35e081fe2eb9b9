package io.aeromesh;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Turns messages of one type into bytes and back. A flyweight works without allocation: {@link #decode} may return
 * the same instance each time, wrapped around the bytes in place.
 * <p>
 * <b>Threading:</b> as the channel end that it is used with.
 *
 * @param <T> type of the messages.
 */
public interface Codec<T>
{
    /**
     * Identifies the schema and its version; both ends of a channel must agree. Not 0.
     */
    long fingerprint();

    /**
     * Bytes that {@link #encode} will write.
     */
    int encodedLength(T message);

    /**
     * Writes the message at the offset.
     */
    void encode(T message, MutableDirectBuffer buffer, int offset);

    /**
     * Reads a message.
     *
     * @return a message that is valid until the next call.
     */
    T decode(DirectBuffer buffer, int offset, int length);
}
