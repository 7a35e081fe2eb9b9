package io.aeromesh.internal.lease;

/**
 * The shares that 22 slots have in a broadcast block, in one word, so that each change of one is a single
 * compare-and-set:
 * <pre>
 *   bits  0..21   slots that were given the block and have not accepted it
 *   bits 22..43   slots that hold it
 *   bits 44..63   tag: the low bits of the generation that this is so in
 * </pre>
 * A word with another tag says nothing of a generation: as if it were empty.
 */
final class ShareWord
{
    /** Words for all slots. */
    static final int COUNT = 3;

    private static final int SLOTS = 22;
    private static final int HOLDERS_SHIFT = SLOTS;
    private static final int TAG_SHIFT = 2 * SLOTS;
    private static final long SLOTS_MASK = (1L << SLOTS) - 1;
    private static final long TAG_MASK = -1L << TAG_SHIFT;

    private ShareWord()
    {
    }

    /**
     * Index of the word that has the shares of a slot.
     */
    static int index(final int slot)
    {
        return slot / SLOTS;
    }

    private static long ofWord(final long slots, final int index)
    {
        return slots >>> index * SLOTS & SLOTS_MASK;
    }

    private static boolean isOf(final long word, final long generation)
    {
        return (word & TAG_MASK) == generation << TAG_SHIFT;
    }

    static long of(final long generation, final int index, final long given, final long holders)
    {
        return generation << TAG_SHIFT | ofWord(holders, index) << HOLDERS_SHIFT | ofWord(given, index);
    }

    /**
     * One bit for each slot that was given the block and has not accepted it.
     */
    static long given(final long word, final long generation, final int index)
    {
        return isOf(word, generation) ? (word & SLOTS_MASK) << index * SLOTS : 0;
    }

    /**
     * One bit for each slot that was given the block or holds it.
     */
    static long sharers(final long word, final long generation, final int index)
    {
        return isOf(word, generation) ? ((word | word >>> HOLDERS_SHIFT) & SLOTS_MASK) << index * SLOTS : 0;
    }

    /**
     * The word once a slot that was given the block has accepted it.
     */
    static long accepted(final long word, final int slot)
    {
        final long bit = 1L << slot - index(slot) * SLOTS;
        return word & ~bit | bit << HOLDERS_SHIFT;
    }

    /**
     * The word without those that were given the block, and without those that hold it; as it is when its tag is
     * another.
     */
    static long without(
        final long word, final long generation, final int index, final long given, final long holders)
    {
        return isOf(word, generation) ?
            word & ~(ofWord(given, index) | ofWord(holders, index) << HOLDERS_SHIFT) : word;
    }
}
