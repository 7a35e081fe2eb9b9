package io.aeromesh.internal.lease;

/**
 * The state of a block in one word:
 * <pre>
 *   bits  0..5    slot of the holder; in phase OFFERED and SHARED of who gave it
 *   bits  6..11   slot of the next holder, in phase OFFERED
 *   bits 12..15   phase
 *   bits 16..63   generation, one more with each acquisition and each offer
 * </pre>
 * All zero is a free block, so that new memory needs no preparation.
 */
final class BlockWord
{
    static final int FREE = 0;
    static final int HELD = 1;
    static final int OFFERED = 2;
    static final int SHARED = 3;

    static final int SLOTS = 64;

    private static final int NEXT_SHIFT = 6;
    private static final int PHASE_SHIFT = 12;
    private static final int GENERATION_SHIFT = 16;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int PHASE_MASK = 15;

    private BlockWord()
    {
    }

    static int phase(final long word)
    {
        return (int)(word >>> PHASE_SHIFT) & PHASE_MASK;
    }

    static int holder(final long word)
    {
        return (int)word & SLOT_MASK;
    }

    static int next(final long word)
    {
        return (int)(word >>> NEXT_SHIFT) & SLOT_MASK;
    }

    static long generation(final long word)
    {
        return word >>> GENERATION_SHIFT;
    }

    /**
     * Free, in the generation of the word.
     */
    static long free(final long word)
    {
        return generation(word) << GENERATION_SHIFT;
    }

    /**
     * Held, in the generation of the word.
     */
    static long held(final long word, final int holder)
    {
        return generation(word) << GENERATION_SHIFT | HELD << PHASE_SHIFT | holder;
    }

    /**
     * Held, in the next generation.
     */
    static long acquired(final long word, final int holder)
    {
        return generation(word) + 1 << GENERATION_SHIFT | HELD << PHASE_SHIFT | holder;
    }

    /**
     * On its way, in the next generation, so that a handle is good for one hop and no replay.
     */
    static long offered(final long word, final int from, final int to)
    {
        return generation(word) + 1 << GENERATION_SHIFT | OFFERED << PHASE_SHIFT | (long)to << NEXT_SHIFT | from;
    }

    /**
     * On its way, in that generation.
     */
    static long offeredIn(final long generation, final int from, final int to)
    {
        return generation << GENERATION_SHIFT | OFFERED << PHASE_SHIFT | (long)to << NEXT_SHIFT | from;
    }

    /**
     * Given to many, in the next generation.
     */
    static long shared(final long word, final int from)
    {
        return generation(word) + 1 << GENERATION_SHIFT | SHARED << PHASE_SHIFT | from;
    }

    static String toString(final long word)
    {
        final int phase = phase(word);
        final String name = switch (phase)
        {
            case FREE -> "FREE";
            case HELD -> "HELD";
            case OFFERED -> "OFFERED";
            case SHARED -> "SHARED";
            default -> "phase " + phase;
        };
        return name + "(holder=" + holder(word) + ", next=" + next(word) + ", generation=" + generation(word) + ")";
    }
}
