package io.aeromesh.inproc;

import io.aeromesh.os.Parking;
import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.ring.RingLane;
import io.aeromesh.ring.RingProducer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A link and its two ends. Fields that are not final or volatile are guarded by the network's lock.
 */
final class InprocLink
{
    final InprocNetwork network;
    final String name;
    final int dataLength;
    final int controlLength;
    End first;
    End second;
    private long generationCount;

    InprocLink(final InprocNetwork network, final InprocEdgeConfig config)
    {
        this.network = network;
        this.name = config.link();
        this.dataLength = config.dataLength();
        this.controlLength = config.controlLength();
    }

    /**
     * Wakes the agents of both ends, after what they are to see was published.
     */
    void wake()
    {
        if (null != first)
        {
            first.parking.wake();
        }
        if (null != second)
        {
            second.parking.wake();
        }
    }

    End holder()
    {
        return null != first ? first : second;
    }

    void nextGeneration()
    {
        generationCount++;
        final UnsafeBuffer firstControl = newRing(controlLength);
        final UnsafeBuffer secondControl = newRing(controlLength);
        final UnsafeBuffer firstData = newRing(dataLength);
        final UnsafeBuffer secondData = newRing(dataLength);
        final Life life = new Life();
        final String suffix = " generation=" + generationCount;
        first.generation =
            new Generation(life, second.parking, second.nodeName, name + " peer=" + second.nodeName + suffix,
                firstControl, secondControl, firstData, secondData);
        second.generation =
            new Generation(life, first.parking, first.nodeName, name + " peer=" + first.nodeName + suffix,
                secondControl, firstControl, secondData, firstData);
    }

    private static UnsafeBuffer newRing(final int capacity)
    {
        return new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(RingDescriptor.regionLength(capacity), BitUtil.CACHE_LINE_LENGTH * 2));
    }

    /**
     * One end of the link.
     */
    static final class End
    {
        final InprocLink link;
        final String nodeName;
        final Parking parking;
        volatile Generation generation;
        boolean isReady;

        End(final InprocLink link, final String nodeName, final Parking parking)
        {
            this.link = link;
            this.nodeName = nodeName;
            this.parking = parking;
        }
    }

    /**
     * Whether a generation still lives, for both of its ends.
     */
    static final class Life
    {
        private volatile String endReason;

        String endReason()
        {
            return endReason;
        }

        void end(final String reason)
        {
            if (null == endReason)
            {
                endReason = reason;
            }
        }
    }

    /**
     * One end's view of a generation: fresh rings.
     */
    record Generation(
        Life life,
        Parking peerParking,
        String peerName,
        String address,
        UnsafeBuffer controlOut,
        UnsafeBuffer controlIn,
        UnsafeBuffer dataOut,
        UnsafeBuffer dataIn)
    {
        RingEdge newEdge(final RingEdge.Owner owner)
        {
            final RingEdge edge = new RingEdge(
                new RingLane(new RingProducer(controlOut), new RingConsumer(controlIn)),
                new RingLane(new RingProducer(dataOut), new RingConsumer(dataIn)),
                InprocEdgeConfig.SCHEME + ":" + address,
                owner);
            if (peerParking.isParkable())
            {
                edge.peerBell(peerParking::wake);
            }
            return edge;
        }
    }
}
