package io.aeromesh.internal.routing;

/**
 * What one neighbour and this node last told each other about one destination.
 */
final class Adjacency
{
    /**
     * What the neighbour may hold of this node's.
     */
    enum Sent
    {
        /** Nothing finite. */
        NOTHING,
        /** A finite metric. */
        ADVERTISED,
        /** A retraction is under way and not acknowledged. */
        RETRACTED
    }

    // Advertised by the neighbour; meaningless while the metric is infinite.
    long incarnation = Epochs.NONE;
    int sequence;
    int metric = Metrics.INFINITY;
    long instanceHigh;
    long instanceLow;
    long pathEpoch;

    // Advertised by this node.
    Sent sent = Sent.NOTHING;
    long sentVersion;
    long retractionSerial;

    // Highest epoch requested, in either direction, since the neighbour's last advertisement.
    long askedIncarnation = Epochs.NONE;
    int askedSequence;

    boolean isFinite()
    {
        return metric != Metrics.INFINITY;
    }

    boolean wasAsked(final long wantedIncarnation, final int wantedSequence)
    {
        return Epochs.compare(askedIncarnation, askedSequence, wantedIncarnation, wantedSequence) >= 0;
    }

    void asked(final long wantedIncarnation, final int wantedSequence)
    {
        askedIncarnation = wantedIncarnation;
        askedSequence = wantedSequence;
    }
}
