package io.aeromesh.status;

import java.util.Locale;

/**
 * Every distribution of times that a node keeps, in nanoseconds. Their order is that in memory and never changes; new
 * ones come behind.
 */
public enum MeshHistogram
{
    /** Work of a duty cycle. */
    DUTY_CYCLE("time that a duty cycle worked, at most one in 100 us"),
    /** Accepted to acknowledged. */
    ACKNOWLEDGED("time from when the agent saw a message accepted until it saw that all receivers have consumed it, " +
        "one message of a channel at a time and at most one in 100 us, not of direct channels"),
    /** A hop. */
    HOP("half of a round trip to a neighbour, measured by each ping of an edge");

    private final String doc;

    MeshHistogram(final String doc)
    {
        this.doc = doc;
    }

    /**
     * For people and programs: {@code duty-cycle}.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What it means.
     */
    public String doc()
    {
        return doc;
    }
}
