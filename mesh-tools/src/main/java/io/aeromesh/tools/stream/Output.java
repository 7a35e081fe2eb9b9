package io.aeromesh.tools.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.agrona.DirectBuffer;

/**
 * Writes messages, several small ones at once. Blocks as long as who reads them does not: so the channel's window
 * closes and its sender is held back.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none after construction.
 */
final class Output
{
    /** With so many bytes unwritten a message is not taken for consumed before they are written. */
    static final int UNWRITTEN_MAX = 32 * 1024;
    private static final int LENGTH = 256 * 1024;
    private static final byte NEWLINE = '\n';

    private final WritableByteChannel target;
    private final Format format;
    private final ByteBuffer batch = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.BIG_ENDIAN);
    private long written;

    /**
     * @param format RAW: messages as they are; LINES: with a newline behind each that ends with none.
     */
    Output(final WritableByteChannel target, final Format format)
    {
        this.target = target;
        this.format = format;
    }

    /**
     * Takes a message. At most {@link #UNWRITTEN_MAX} bytes are unwritten after that.
     *
     * @throws IOException when it can not be written.
     */
    void write(final DirectBuffer buffer, final int offset, final int length) throws IOException
    {
        if (format == Format.FRAMES)
        {
            require(FrameCutter.HEADER_LENGTH);
            batch.putInt(length);
        }
        int taken = 0;
        while (taken < length)
        {
            require(1);
            final int count = Math.min(batch.remaining(), length - taken);
            buffer.getBytes(offset + taken, batch, count);
            taken += count;
        }
        if (format == Format.LINES && (length == 0 || buffer.getByte(offset + length - 1) != NEWLINE))
        {
            require(1);
            batch.put(NEWLINE);
        }
        if (batch.position() > UNWRITTEN_MAX)
        {
            flush();
        }
    }

    private void require(final int length) throws IOException
    {
        if (batch.remaining() < length)
        {
            flush();
        }
    }

    /**
     * Bytes so far, with what tells messages apart.
     */
    long written()
    {
        return written;
    }

    /**
     * Writes what waits.
     */
    void flush() throws IOException
    {
        batch.flip();
        try
        {
            while (batch.hasRemaining())
            {
                written += target.write(batch);
            }
        }
        finally
        {
            batch.clear();
        }
    }
}
