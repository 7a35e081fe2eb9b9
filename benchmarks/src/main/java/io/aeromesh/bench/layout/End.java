package io.aeromesh.bench.layout;

/**
 * One end of a two-way path of messages of 32 bytes, all of whose words are one number.
 * <p>
 * <b>Threading:</b> one thread.
 */
interface End
{
    /** Bytes of a message. */
    int MESSAGE_LENGTH = 32;
    /** Bytes of a packed record: an 8-byte header, and the message. */
    int RECORD_LENGTH = 8 + MESSAGE_LENGTH;

    /**
     * @param number that is not 0.
     * @return false when there is no room.
     */
    boolean send(long number);

    /**
     * @return number of the next message, or 0 when there is none.
     */
    long poll();
}
