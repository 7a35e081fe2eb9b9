package io.aeromesh.internal.session;

import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;

/**
 * The set of ranges beyond a gap, as packets and acknowledgements of a peer fill it, beside a set of bits that must
 * agree with it.
 */
public final class RangesFuzz
{
    private static final int LIMIT = 4;
    private static final int DOMAIN = Long.SIZE - 1;
    private static final int STEPS_MAX = 128;

    private final FuzzInput input;
    private final RangeSet set = new RangeSet(LIMIT);
    private long bits;

    private RangesFuzz(final FuzzInput input)
    {
        this.input = input;
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(4 * 1024, bytes, RangesFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final RangesFuzz one = new RangesFuzz(new FuzzInput(bytes));
        for (int i = 0; i < STEPS_MAX && one.input.hasMore(); i++)
        {
            one.step();
            one.compare();
        }
    }

    private void step()
    {
        final int first = input.below(DOMAIN);
        switch (input.below(4))
        {
            case 0 ->
            {
                final long reached = set.advance(first);
                bits &= -1L << first;
                final int gap = first + Long.numberOfTrailingZeros(~(bits >>> first));
                bits &= -1L << gap;
                Must.hold(reached == gap, "advanced to", reached);
            }
            case 1 ->
            {
                set.clear();
                bits = 0;
            }
            default ->
            {
                final int end = first + 1 + input.below(DOMAIN - first);
                if (set.add(first, end))
                {
                    bits |= (1L << end) - (1L << first);
                }
                else
                {
                    Must.hold(set.size() == LIMIT, "refused with room", set.size());
                }
            }
        }
    }

    private void compare()
    {
        long found = 0;
        long last = Long.MIN_VALUE;
        Must.within(0, set.size(), LIMIT, "size");
        for (int i = 0; i < set.size(); i++)
        {
            Must.hold(last < set.begin(i) && set.begin(i) < set.end(i), "order", i);
            last = set.end(i);
            found |= (1L << set.end(i)) - (1L << set.begin(i));
        }
        Must.hold(found == bits, "bits", found ^ bits);
        for (int i = 0; i < DOMAIN; i++)
        {
            Must.hold(set.firstMissing(i) == i + Long.numberOfTrailingZeros(~(bits >>> i)), "first missing", i);
            final long above = i + 1 < Long.SIZE ? bits & -1L << i + 1 & ~(bits << 1) : 0;
            final int next = above == 0 ? DOMAIN : Math.min(DOMAIN, Long.numberOfTrailingZeros(above));
            Must.hold(set.nextBegin(i, DOMAIN) == next, "next begin", i);
        }
    }
}
