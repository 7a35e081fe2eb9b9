package io.aeromesh.internal.routing;

/**
 * Digests that were seen, each with a mark. Open addressing; grows by doubling.
 */
final class StateSet
{
    static final byte ABSENT = 0;

    private long[] keys = new long[1 << 11];
    private byte[] marks = new byte[1 << 10];
    private int size;

    int size()
    {
        return size;
    }

    void clear()
    {
        keys = new long[1 << 11];
        marks = new byte[1 << 10];
        size = 0;
    }

    byte mark(final Digest digest)
    {
        return marks[index(digest.high(), digest.low())];
    }

    void mark(final long high, final long low, final byte mark)
    {
        int index = index(high, low);
        if (marks[index] == ABSENT)
        {
            if (size * 5L > marks.length * 3L)
            {
                grow();
                index = index(high, low);
            }
            size++;
            keys[2 * index] = high;
            keys[2 * index + 1] = low;
        }
        marks[index] = mark;
    }

    private int index(final long high, final long low)
    {
        final int mask = marks.length - 1;
        int index = (int)(high >>> 20) & mask;
        while (marks[index] != ABSENT && (keys[2 * index] != high || keys[2 * index + 1] != low))
        {
            index = index + 1 & mask;
        }
        return index;
    }

    private void grow()
    {
        final long[] oldKeys = keys;
        final byte[] oldMarks = marks;
        keys = new long[oldKeys.length << 1];
        marks = new byte[oldMarks.length << 1];
        for (int old = 0; old < oldMarks.length; old++)
        {
            if (oldMarks[old] != ABSENT)
            {
                final int index = index(oldKeys[2 * old], oldKeys[2 * old + 1]);
                keys[2 * index] = oldKeys[2 * old];
                keys[2 * index + 1] = oldKeys[2 * old + 1];
                marks[index] = oldMarks[old];
            }
        }
    }
}
