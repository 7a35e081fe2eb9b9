package io.aeromesh.internal.lease;

import io.aeromesh.LeaseConfig;
import io.aeromesh.spi.SharedRegion;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocks of one length in one region:
 * <pre>
 *   0                       128 bytes reserved
 *   128 + 128 * block       control of a block:
 *      0   state, see {@link BlockWord}
 *      8   one bit for each slot that has been given the block by broadcast and has not accepted it
 *     16   one bit for each slot that holds it by broadcast
 *   next page               blocks, 128 bytes between each two
 * </pre>
 * Each control has 128 bytes to itself, because the hardware fetches cache lines in pairs. The bytes between blocks let
 * their first lines fall into different sets of the caches: a power of two from one to the next would put all in one.
 * <p>
 * <b>Threading:</b> any thread of any process that maps it; every change is one atomic operation.
 * <p>
 * <b>Memory order.</b> Each change of a word is a compare-and-set with the effect of a volatile write after a volatile
 * read, and words are read volatile.
 * <ul>
 * <li>Who offers has written the block before its compare-and-set; who accepts reads the block after its own, which
 * read what the first wrote: the content is there.</li>
 * <li>Who releases has finished with the block before its compare-and-set; the owner reads FREE, then gives the block
 * out again: no write of the next holder can be seen by the last.</li>
 * <li>The two sets of bits are stored before the state becomes SHARED, by its only holder, and count in no other state.
 * In SHARED no bit is ever added but the one that moves: an accepting slot sets its bit among the holders and then
 * clears it among the given. Who reads the given first and then the holders sees it in at least one of them. So once
 * both are read empty, in this order, they are empty for the rest of the generation, and whoever sees that may free the
 * block: the state changes by compare-and-set from that generation, once.</li>
 * <li>A slot's bits are changed by that slot, and by the owner once the slot's process is dead.</li>
 * </ul>
 */
class LeaseSegment
{
    static final int BLOCKS_MAX = 1 << 16;
    static final long REGION_LENGTH_MAX = 1L << 30;

    private static final int CONTROLS_OFFSET = 128;
    private static final int CONTROL_SHIFT = 7;
    private static final int GIVEN_OFFSET = 8;
    private static final int HOLDERS_OFFSET = 16;
    private static final int GAP_LENGTH = 128;
    private static final int PAGE_LENGTH = 4096;

    private final int index;
    private final int blockLength;
    private final int stride;
    private final int blockCount;
    private final int dataOffset;
    private final SharedRegion region;
    private final UnsafeBuffer buffer;
    private final long address;
    private final Steps steps;

    LeaseSegment(
        final int index, final int blockLength, final int blockCount, final SharedRegion region, final Steps steps)
    {
        this.index = index;
        this.blockLength = blockLength;
        this.stride = blockLength + GAP_LENGTH;
        this.blockCount = blockCount;
        this.dataOffset = dataOffset(blockCount);
        this.region = region;
        this.buffer = region.buffer();
        this.address = buffer.addressOffset();
        this.steps = steps;
    }

    /**
     * Whether lengths that another process declares can be those of a segment.
     */
    static boolean isPossible(final int blockLength, final int blockCount)
    {
        return BitUtil.isPowerOfTwo(blockLength) && blockLength >= LeaseConfig.BLOCK_LENGTH_MIN &&
            blockLength <= LeaseConfig.BLOCK_LENGTH_LIMIT && blockCount > 0 && blockCount <= BLOCKS_MAX &&
            dataOffset(blockCount) + (long)(blockLength + GAP_LENGTH) * blockCount <= REGION_LENGTH_MAX - PAGE_LENGTH;
    }

    private static int dataOffset(final int blockCount)
    {
        return BitUtil.align(CONTROLS_OFFSET + (blockCount << CONTROL_SHIFT), PAGE_LENGTH);
    }

    /**
     * Bytes of a segment whose lengths are possible.
     */
    static int regionLength(final int blockLength, final int blockCount)
    {
        return BitUtil.align(dataOffset(blockCount) + (blockLength + GAP_LENGTH) * blockCount, PAGE_LENGTH);
    }

    final int index()
    {
        return index;
    }

    final int blockLength()
    {
        return blockLength;
    }

    final int blockCount()
    {
        return blockCount;
    }

    final SharedRegion region()
    {
        return region;
    }

    final long blockAddress(final int block)
    {
        return address + dataOffset + (long)block * stride;
    }

    private static int control(final int block)
    {
        return CONTROLS_OFFSET + (block << CONTROL_SHIFT);
    }

    final long wordVolatile(final int block)
    {
        return buffer.getLongVolatile(control(block));
    }

    final boolean compareAndSetWord(final int block, final long expected, final long word)
    {
        steps.beforeChange();
        return buffer.compareAndSetLong(control(block), expected, word);
    }

    final long givenVolatile(final int block)
    {
        return buffer.getLongVolatile(control(block) + GIVEN_OFFSET);
    }

    final long holdersVolatile(final int block)
    {
        return buffer.getLongVolatile(control(block) + HOLDERS_OFFSET);
    }

    /**
     * Prepares the two sets of a block that the caller holds alone.
     */
    final void putShares(final int block, final long given, final long holders)
    {
        steps.beforeChange();
        buffer.putLongVolatile(control(block) + GIVEN_OFFSET, given);
        steps.beforeChange();
        buffer.putLongVolatile(control(block) + HOLDERS_OFFSET, holders);
    }

    /**
     * Moves a slot from those given to those holding.
     */
    final void acceptShare(final int block, final long bit)
    {
        change(control(block) + HOLDERS_OFFSET, bit, bit);
        change(control(block) + GIVEN_OFFSET, bit, 0);
    }

    final void clearGiven(final int block, final long bits)
    {
        change(control(block) + GIVEN_OFFSET, bits, 0);
    }

    final void clearHolders(final int block, final long bits)
    {
        change(control(block) + HOLDERS_OFFSET, bits, 0);
    }

    private void change(final int offset, final long mask, final long bits)
    {
        long was = buffer.getLongVolatile(offset);
        while ((was & mask) != bits)
        {
            steps.beforeChange();
            if (buffer.compareAndSetLong(offset, was, was & ~mask | bits))
            {
                return;
            }
            was = buffer.getLongVolatile(offset);
        }
    }

    /**
     * Frees a shared block that nobody has any more.
     *
     * @param word the state, which is SHARED.
     */
    final boolean freeIfUnshared(final int block, final long word)
    {
        return 0 == givenVolatile(block) && 0 == holdersVolatile(block) &&
            compareAndSetWord(block, word, BlockWord.free(word));
    }
}
