package io.aeromesh.tools.option;

import io.aeromesh.ChannelSpec;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.PeersConfig;
import io.aeromesh.tools.torture.TortureOptions;

/**
 * What each numeric option may be. An option names the class of its bounds as its converter.
 */
public final class Bounds
{
    private static final int PORT_MAX = 65_535;
    private static final double MINUTES_MIN = 0.001;

    private Bounds()
    {
    }

    private abstract static class Whole extends Bounded<Integer>
    {
        Whole(final int min, final int max, final String what)
        {
            super(min, max, what + " from " + min + " to " + max);
        }

        @Override
        final Integer parse(final String value)
        {
            return Integer.valueOf(value);
        }
    }

    private abstract static class Long64 extends Bounded<Long>
    {
        Long64(final long min, final String what)
        {
            super(min, Long.MAX_VALUE, what + " from " + min + " to " + Long.MAX_VALUE);
        }

        @Override
        final Long parse(final String value)
        {
            return Long.valueOf(value);
        }
    }

    /** A port to listen on; 0: any that is free. */
    public static final class Port extends Whole
    {
        public Port()
        {
            super(0, PORT_MAX, "port, 0 for any that is free,");
        }
    }

    /** How often. */
    public static final class Count extends Whole
    {
        public Count()
        {
            super(1, Integer.MAX_VALUE, "number");
        }
    }

    /** How many, where there may be very many. */
    public static final class LongCount extends Long64
    {
        public LongCount()
        {
            super(1, "number");
        }
    }

    /** What random faults are drawn from. */
    public static final class Seed extends Long64
    {
        public Seed()
        {
            super(Long.MIN_VALUE, "seed");
        }
    }

    /** How many contexts a host allows. */
    public static final class Contexts extends Whole
    {
        public Contexts()
        {
            super(1, NodeConfig.CONTEXTS_LIMIT, "number of contexts");
        }
    }

    /** How many neighbours a node looks for. */
    public static final class Neighbours extends Whole
    {
        public Neighbours()
        {
            super(1, PeersConfig.ACTIVE_MAX, "number of neighbours");
        }
    }

    /** Bytes under way; the other end takes so many where it has the limits that nodes have by default. */
    public static final class Window extends Whole
    {
        public Window()
        {
            super(ChannelSpec.WINDOW_LENGTH_MIN, NodeLimits.DEFAULT.windowLengthMax(), "power of two");
        }

        @Override
        boolean isAllowed(final Integer value)
        {
            return Integer.bitCount(value) == 1;
        }
    }

    /** How long something runs, with parts of a minute. */
    public static final class Minutes extends Bounded<Double>
    {
        public Minutes()
        {
            super(MINUTES_MIN, TortureOptions.MINUTES_MAX,
                "number of minutes from " + MINUTES_MIN + " to " + (long)TortureOptions.MINUTES_MAX);
        }

        @Override
        Double parse(final String value)
        {
            return Double.valueOf(value);
        }
    }
}
