package io.aeromesh.bench.cli.measure;

/**
 * One of the two ends of what is measured. Both do the same number of operations.
 * <p>
 * <b>Threading:</b> one thread, that of its end.
 */
public interface Actor extends AutoCloseable
{
    /**
     * Whether this end can start. Called over and over, and does what setting up needs.
     *
     * @throws Unavailable saying why it never will.
     */
    default boolean connected()
    {
        return true;
    }

    /**
     * Does its part of this many operations. The lead may return before the peer has done its part.
     *
     * @return nanoseconds spent on what is not to be counted, such as filling a ring beforehand.
     */
    long run(long count);

    /**
     * What has to go on while this end waits, such as the duty cycle of a node.
     */
    default void work()
    {
    }

    /**
     * Operations that are timed as one where the distribution is wanted: 1 where a single one makes sense.
     */
    default int unit()
    {
        return 1;
    }

    /**
     * What it surveyed, where that is what it is for; else null.
     */
    default Footprint footprint()
    {
        return null;
    }

    /**
     * How it was configured, for people.
     */
    default String config()
    {
        return "";
    }

    @Override
    default void close()
    {
    }
}
