package io.aeromesh.sim.check;

import org.agrona.MutableDirectBuffer;

/**
 * What is written down of messages that somebody sends.
 */
public interface Account
{
    /**
     * Shortest message that may be sent next, in bytes.
     */
    int lengthMin();

    /**
     * Writes the next message.
     */
    void write(MutableDirectBuffer buffer, int offset, int length);

    /**
     * The message written last was accepted.
     *
     * @param position that was returned for it.
     */
    void accepted(int length, long position);
}
