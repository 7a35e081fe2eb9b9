package io.aeromesh.bench.cli.tech;

import org.agrona.MutableDirectBuffer;

/**
 * A message to be sent, which is written where it goes, once: a technology that has a place to write in gives that, and
 * only one that wants the bytes of its own has to be written for beforehand. What is written in one place and copied
 * from there at once waits in the processor until all stores before it have left, which on the way to another core is
 * most of the time that one measures. For the same reason its number is an argument and not a field.
 */
interface Message
{
    /**
     * In bytes, the same each time.
     */
    int length();

    /**
     * Writes it.
     *
     * @param number of the message, where it has not one already.
     */
    void writeTo(MutableDirectBuffer buffer, int offset, long number);
}
