package io.aeromesh.internal.session;

/**
 * A bounded, ordered set of disjoint ranges of stream positions. Single-threaded, allocates nothing after construction.
 */
final class RangeSet
{
    private final long[] begins;
    private final long[] ends;
    private int size;

    RangeSet(final int limit)
    {
        begins = new long[limit];
        ends = new long[limit];
    }

    int size()
    {
        return size;
    }

    long begin(final int index)
    {
        return begins[index];
    }

    long end(final int index)
    {
        return ends[index];
    }

    void clear()
    {
        size = 0;
    }

    /**
     * End of the highest range, or the given value when there is none.
     */
    long highestEnd(final long whenEmpty)
    {
        return size == 0 ? whenEmpty : ends[size - 1];
    }

    /**
     * Adds a range and merges it with those that it touches.
     *
     * @return false when it would need one more entry than there is room for; the set is unchanged then.
     */
    boolean add(final long begin, final long end)
    {
        int first = 0;
        while (first < size && ends[first] < begin)
        {
            first++;
        }
        int last = first;
        long mergedBegin = begin;
        long mergedEnd = end;
        while (last < size && begins[last] <= end)
        {
            mergedBegin = Math.min(mergedBegin, begins[last]);
            mergedEnd = Math.max(mergedEnd, ends[last]);
            last++;
        }

        final int newSize = size - (last - first) + 1;
        if (newSize > begins.length)
        {
            return false;
        }
        System.arraycopy(begins, last, begins, first + 1, size - last);
        System.arraycopy(ends, last, ends, first + 1, size - last);
        begins[first] = mergedBegin;
        ends[first] = mergedEnd;
        size = newSize;
        return true;
    }

    /**
     * Removes what lies below the position and returns the end of the range that reaches it, or the position itself.
     */
    long advance(final long position)
    {
        long reached = position;
        int gone = 0;
        while (gone < size && begins[gone] <= reached)
        {
            reached = Math.max(reached, ends[gone]);
            gone++;
        }
        if (gone > 0)
        {
            System.arraycopy(begins, gone, begins, 0, size - gone);
            System.arraycopy(ends, gone, ends, 0, size - gone);
            size -= gone;
        }
        return reached;
    }

    /**
     * The first position at or above the given one that no range covers.
     */
    long firstMissing(final long position)
    {
        long missing = position;
        for (int i = 0; i < size && begins[i] <= missing; i++)
        {
            missing = Math.max(missing, ends[i]);
        }
        return missing;
    }

    /**
     * Where the next range above the position begins, or the given end.
     */
    long nextBegin(final long position, final long end)
    {
        for (int i = 0; i < size; i++)
        {
            if (begins[i] > position)
            {
                return Math.min(begins[i], end);
            }
        }
        return end;
    }
}
