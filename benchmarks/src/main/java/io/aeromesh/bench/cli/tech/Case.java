package io.aeromesh.bench.cli.tech;

import java.util.List;
import java.util.Locale;

/**
 * What can be measured.
 */
public enum Case
{
    /** One message there and back. */
    RTT(List.of(32, 4096), false),
    /** One way, as many as go. */
    THROUGHPUT(List.of(32, 1024), false),
    /** A packet passed on by a node, beside a bare copy. */
    HOP(List.of(32), true),
    /** A megabyte there and back, a new word written and verified each way. */
    TRANSFER(List.of(1 << 20), false),
    /** One way to 1, 2 and 3 receivers, until all have all. */
    BROADCAST(List.of(32), false),
    /** Bursts through relays, until all are acknowledged end to end. */
    PROXY(List.of(32), true),
    /** Memory, threads and descriptors. */
    FOOTPRINT(List.of(0), true);

    private final List<Integer> sizes;
    private final boolean oneThread;

    Case(final List<Integer> sizes, final boolean oneThread)
    {
        this.sizes = sizes;
        this.oneThread = oneThread;
    }

    /** As it is on the command line. */
    public String text()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of messages in bytes, unless told otherwise. */
    public List<Integer> defaultSizes()
    {
        return sizes;
    }

    /** Whether one thread does all. */
    public boolean isOneThread()
    {
        return oneThread;
    }

    /** Whether messages go one way only, so that their rate counts. */
    public boolean isOneWay()
    {
        return this == THROUGHPUT || this == BROADCAST || this == PROXY;
    }
}
