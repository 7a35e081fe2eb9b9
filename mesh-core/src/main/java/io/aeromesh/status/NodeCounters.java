package io.aeromesh.status;

import java.util.EnumMap;
import java.util.Map;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of one node. Written by the agent thread alone, read from any.
 */
public final class NodeCounters
{
    private static final int COUNTERS_MAX = 1024;

    private final String nodeName;
    private final CountersManager manager;
    private final Map<MeshCounter, AtomicCounter> node = new EnumMap<>(MeshCounter.class);
    private final AtomicCounter forwarded;
    private final AtomicCounter malformed;
    private final AtomicCounter resent;
    private final AtomicCounter duplicates;
    private final AtomicCounter unkept;
    private final AtomicCounter unknownSessions;
    private final AtomicCounter repliesOverflowed;
    private final AtomicCounter leasesHandedOver;
    private final AtomicCounter leasesCopied;
    private final AtomicCounter leaseBytesSent;

    /**
     * Makes the node's own counters.
     *
     * @param nodeName for labels.
     */
    public NodeCounters(final String nodeName)
    {
        this.nodeName = nodeName;
        manager = new CountersManager(
            buffer(COUNTERS_MAX * CountersReader.METADATA_LENGTH),
            buffer(COUNTERS_MAX * CountersReader.COUNTER_LENGTH));
        for (final MeshCounter counter : MeshCounter.values())
        {
            if (counter.scope() == MeshCounter.Scope.NODE)
            {
                node.put(counter, allocate(counter, "node " + nodeName));
            }
        }
        forwarded = node(MeshCounter.PACKETS_FORWARDED);
        malformed = node(MeshCounter.MALFORMED_PACKETS);
        resent = node(MeshCounter.PACKETS_RESENT);
        duplicates = node(MeshCounter.DUPLICATE_PACKETS);
        unkept = node(MeshCounter.UNKEPT_PACKETS);
        unknownSessions = node(MeshCounter.UNKNOWN_SESSIONS);
        repliesOverflowed = node(MeshCounter.REPLIES_OVERFLOWED);
        leasesHandedOver = node(MeshCounter.LEASES_HANDED_OVER);
        leasesCopied = node(MeshCounter.LEASES_COPIED);
        leaseBytesSent = node(MeshCounter.LEASE_BYTES_SENT);
    }

    private static UnsafeBuffer buffer(final int length)
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH));
    }

    /**
     * All counters.
     */
    public CountersReader reader()
    {
        return manager;
    }

    /**
     * One of the node's own.
     */
    public AtomicCounter node(final MeshCounter counter)
    {
        return node.get(counter);
    }

    /**
     * Makes a counter of an edge or a channel. When there is no room, one that is not shown.
     */
    public AtomicCounter allocate(final MeshCounter counter, final String owner)
    {
        if (manager.available() == 0)
        {
            return unshown();
        }
        return manager.newCounter(owner + ": " + counter.doc(), counter.id());
    }

    /**
     * Counters of one channel end, to be closed with it.
     *
     * @param description of the channel end, for people.
     */
    public ChannelCounters channel(final String description)
    {
        return new ChannelCounters(this, "node " + nodeName + " " + description);
    }

    private static AtomicCounter unshown()
    {
        final CountersManager own = new CountersManager(
            buffer(CountersReader.METADATA_LENGTH),
            buffer(CountersReader.COUNTER_LENGTH));
        return own.newCounter("unshown");
    }

    /**
     * Leases were sent without a copy.
     */
    public void leasesHandedOver(final long count, final long bytes)
    {
        leasesHandedOver.getAndAddPlain(count);
        leaseBytesSent.getAndAddPlain(bytes);
    }

    /**
     * Leases were sent by copying them.
     */
    public void leasesCopied(final long count, final long bytes)
    {
        leasesCopied.getAndAddPlain(count);
        leaseBytesSent.getAndAddPlain(bytes);
    }

    /**
     * Packets were passed on.
     */
    public void forwarded(final int packets)
    {
        forwarded.getAndAddPlain(packets);
    }

    /**
     * A packet or record from a peer broke the protocol.
     */
    public void malformed()
    {
        malformed.incrementPlain();
    }

    /**
     * Stream bytes were sent again.
     */
    public void resent()
    {
        resent.incrementPlain();
    }

    /**
     * Received stream bytes brought nothing new.
     */
    public void duplicate()
    {
        duplicates.incrementPlain();
    }

    /**
     * Received stream bytes were beyond the window or too scattered; they come again.
     */
    public void beyondWindow()
    {
        unkept.incrementPlain();
    }

    /**
     * A session id was not known here.
     */
    public void unknownSession()
    {
        unknownSessions.incrementPlain();
    }

    /**
     * A reply to a peer found no room; the peer is asked to begin anew.
     */
    public void repliesOverflowed()
    {
        repliesOverflowed.incrementPlain();
    }
}
