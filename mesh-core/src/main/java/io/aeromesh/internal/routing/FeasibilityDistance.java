package io.aeromesh.internal.routing;

/**
 * The newest epoch in which this node advertised a destination, and the least metric it advertised in it.
 */
final class FeasibilityDistance
{
    long incarnation = Epochs.NONE;
    int sequence;
    int metric = Metrics.INFINITY;

    boolean isNone()
    {
        return incarnation == Epochs.NONE;
    }

    void set(final FeasibilityDistance other)
    {
        incarnation = other.incarnation;
        sequence = other.sequence;
        metric = other.metric;
    }
}
