package io.aeromesh.tools.stream;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Finds the messages in a stream of bytes. Keeps what it knows of the message that is not whole yet, so it belongs to
 * one stream and one thread.
 */
public interface Cutter
{
    /** More has to be read. */
    int NONE = -1;

    /**
     * Bytes in front of each message that are not sent.
     */
    int headerLength();

    /**
     * Looks for the message that begins the range.
     *
     * @param buffer holding the range.
     * @param offset of the range; the same bytes come again until a message was found.
     * @param limit  behind the range.
     * @param isLast whether the input ends at the limit.
     * @return bytes of the message with its header, or {@link #NONE}.
     * @throws IOException when the input breaks its format, saying where.
     */
    int cut(DirectBuffer buffer, int offset, int limit, boolean isLast) throws IOException;
}
