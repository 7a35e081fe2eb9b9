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
 *      8   three words of shares, see {@link ShareWord}: who was given the block by broadcast, and who holds it so
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
 * <li>The shares are stored before the state becomes SHARED, by its only holder, with the tag of that generation, and
 * count in no other. Each change of one is a compare-and-set from a word with that tag: accepting moves a slot from the
 * given to the holders, releasing and taking back clear it, and nothing ever adds a slot. So a word that is read empty
 * is empty for the rest of the generation; once all three are, whoever sees that may free the block: the state changes
 * by compare-and-set from that generation, once. Who comes with the handle of an older generation finds another tag,
 * and changes nothing.</li>
 * <li>A slot accepts for itself and releases what it holds. What was given, and not accepted, may be taken back by who
 * gave it; of the two, the first compare-and-set counts. The owner clears the slots of the dead.</li>
 * </ul>
 */
class LeaseSegment
{
    static final int BLOCKS_MAX = 1 << 16;
    static final long REGION_LENGTH_MAX = 1L << 30;

    private static final int CONTROLS_OFFSET = 128;
    private static final int CONTROL_SHIFT = 7;
    private static final int SHARES_OFFSET = 8;
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

    private static int shares(final int block, final int index)
    {
        return control(block) + SHARES_OFFSET + index * Long.BYTES;
    }

    /**
     * Prepares the shares of a block that the caller holds alone.
     *
     * @param word   state that the block is to have, which is SHARED.
     * @param given  slots that are given it.
     * @param holder slot that holds it.
     */
    final void putShares(final int block, final long word, final long given, final int holder)
    {
        final long generation = BlockWord.generation(word);
        for (int i = 0; i < ShareWord.COUNT; i++)
        {
            steps.beforeChange();
            buffer.putLongVolatile(shares(block, i), ShareWord.of(generation, i, given, 1L << holder));
        }
    }

    /**
     * Slots that were given the block in the generation of the word and have not accepted it.
     */
    final long given(final int block, final long word)
    {
        final long generation = BlockWord.generation(word);
        long slots = 0;
        for (int i = 0; i < ShareWord.COUNT; i++)
        {
            slots |= ShareWord.given(buffer.getLongVolatile(shares(block, i)), generation, i);
        }
        return slots;
    }

    /**
     * Slots that were given the block in the generation of the word or hold it.
     */
    final long sharers(final int block, final long word)
    {
        final long generation = BlockWord.generation(word);
        long slots = 0;
        for (int i = 0; i < ShareWord.COUNT; i++)
        {
            slots |= ShareWord.sharers(buffer.getLongVolatile(shares(block, i)), generation, i);
        }
        return slots;
    }

    /**
     * Makes a slot that was given the block a holder of it.
     *
     * @return false when it was not given it in the generation of the word, or not any more.
     */
    final boolean acceptShare(final int block, final long word, final int slot)
    {
        final long generation = BlockWord.generation(word);
        final int index = ShareWord.index(slot);
        long was = buffer.getLongVolatile(shares(block, index));
        while (0 != (ShareWord.given(was, generation, index) & 1L << slot))
        {
            steps.beforeChange();
            if (buffer.compareAndSetLong(shares(block, index), was, ShareWord.accepted(was, slot)))
            {
                return true;
            }
            was = buffer.getLongVolatile(shares(block, index));
        }
        return false;
    }

    /**
     * Takes back what slots were given and have not accepted.
     */
    final void takeBack(final int block, final long word, final long slots)
    {
        clear(block, word, slots, 0);
    }

    /**
     * Takes the shares of slots, accepted or not: one's own, or those of the dead.
     */
    final void clearShares(final int block, final long word, final long slots)
    {
        clear(block, word, slots, slots);
    }

    private void clear(final int block, final long word, final long given, final long holders)
    {
        final long generation = BlockWord.generation(word);
        for (int i = 0; i < ShareWord.COUNT; i++)
        {
            long was = buffer.getLongVolatile(shares(block, i));
            long without = ShareWord.without(was, generation, i, given, holders);
            while (without != was)
            {
                steps.beforeChange();
                if (buffer.compareAndSetLong(shares(block, i), was, without))
                {
                    break;
                }
                was = buffer.getLongVolatile(shares(block, i));
                without = ShareWord.without(was, generation, i, given, holders);
            }
        }
    }

    /**
     * Frees a shared block that nobody has any more.
     *
     * @param word the state, which is SHARED.
     */
    final boolean freeIfUnshared(final int block, final long word)
    {
        return 0 == sharers(block, word) && compareAndSetWord(block, word, BlockWord.free(word));
    }
}
