package io.aeromesh.tools.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads ahead by a thread of its own, as a read may wait for ever and the channel has to be looked at meanwhile. Each
 * block has room in front of what was read, for the rest of the block before it, so that every message lies in one
 * piece.
 * <p>
 * <b>Threading:</b> one thread takes blocks and gives them back. <b>Allocation:</b> none after construction.
 */
final class Input
{
    private static final int BLOCKS = 4;
    private static final int READ_LENGTH = 128 * 1024;

    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    private final ReadableByteChannel source;
    private final int restLengthMax;

    /**
     * What one read gave, behind the rest of the one before.
     */
    static final class Block
    {
        private final ByteBuffer bytes;
        final UnsafeBuffer buffer;
        int offset;
        int limit;
        boolean isLast;
        /** Why it is the last, or null: the input has ended. */
        IOException failure;

        Block(final int length)
        {
            bytes = ByteBuffer.allocateDirect(length);
            buffer = new UnsafeBuffer(bytes);
        }
    }

    /**
     * @param source        to read.
     * @param restLengthMax longest rest of a block, in bytes.
     */
    Input(final ReadableByteChannel source, final int restLengthMax)
    {
        this.source = source;
        this.restLengthMax = restLengthMax;
        for (int i = 0; i < BLOCKS; i++)
        {
            free.add(new Block(restLengthMax + READ_LENGTH));
        }
        final Thread reader = new Thread(this::read, "mesh-input");
        reader.setDaemon(true); // nobody can end a read
        reader.start();
    }

    /**
     * The next block, or null when nothing was read since.
     */
    Block poll()
    {
        return full.poll();
    }

    /**
     * The next block, with the rest of one before it, which is given back.
     *
     * @return null when nothing was read since.
     */
    Block pollBehind(final Block before)
    {
        final Block next = full.poll();
        if (next != null)
        {
            final int rest = before.limit - before.offset;
            next.offset -= rest;
            next.buffer.putBytes(next.offset, before.buffer, before.offset, rest);
            free.add(before);
        }
        return next;
    }

    private void read()
    {
        boolean isLast = false;
        try
        {
            while (!isLast)
            {
                final Block block = free.take();
                fill(block);
                isLast = block.isLast;
                full.put(block);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void fill(final Block block)
    {
        block.bytes.limit(block.bytes.capacity()).position(restLengthMax);
        block.offset = restLengthMax;
        try
        {
            block.isLast = source.read(block.bytes) < 0;
        }
        catch (final IOException ex)
        {
            block.isLast = true;
            block.failure = ex;
        }
        block.limit = block.bytes.position();
    }
}
