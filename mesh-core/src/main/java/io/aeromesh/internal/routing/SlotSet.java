package io.aeromesh.internal.routing;

import java.util.Arrays;

/**
 * A set of small indexes that knows its size and allocates only when it grows.
 */
final class SlotSet
{
    private long[] words = new long[1];
    private int count;

    boolean isEmpty()
    {
        return count == 0;
    }

    boolean contains(final int slot)
    {
        final int word = slot >>> 6;
        return word < words.length && (words[word] & 1L << slot) != 0;
    }

    void set(final int slot, final boolean present)
    {
        if (present == contains(slot))
        {
            return;
        }
        final int word = slot >>> 6;
        if (word >= words.length)
        {
            words = Arrays.copyOf(words, Math.max(word + 1, words.length << 1));
        }
        words[word] ^= 1L << slot;
        count += present ? 1 : -1;
    }

    /**
     * Least member that is not below {@code from}, or -1.
     */
    int next(final int from)
    {
        int word = from >>> 6;
        if (count == 0 || word >= words.length)
        {
            return -1;
        }
        long bits = words[word] & -1L << from;
        while (bits == 0)
        {
            if (++word == words.length)
            {
                return -1;
            }
            bits = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }
}
