package io.aeromesh.status;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
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
    private static final String OWNER_END = ": ";

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
     * @param metadata where they are named.
     * @param values   where they are.
     */
    NodeCounters(final String nodeName, final UnsafeBuffer metadata, final UnsafeBuffer values)
    {
        this.nodeName = nodeName;
        manager = new CountersManager(metadata, values, StandardCharsets.UTF_8);
        for (final MeshCounter counter : MeshCounter.values())
        {
            if (counter.scope() == MeshCounter.Scope.NODE)
            {
                node.put(counter, allocate(counter, ownerPrefix(nodeName).trim()));
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
     * Makes a counter of the node, an edge or a channel. When there is no room, one that is not shown.
     *
     * @param owner that its scope names.
     */
    public AtomicCounter allocate(final MeshCounter counter, final String owner)
    {
        return manager.available() == 0 ? unshown() : manager.newCounter(label(owner, counter), counter.id());
    }

    private static String label(final String owner, final MeshCounter counter)
    {
        return owner + OWNER_END + counter.doc();
    }

    /**
     * What a counter is of, by its label: an edge's name, what a channel is called, or empty for the node itself.
     *
     * @param label    as {@link #reader()} has it, perhaps cut off at its end.
     * @param counter  that it is of.
     * @param nodeName of the node.
     */
    public static String owner(final String label, final MeshCounter counter, final String nodeName)
    {
        final int end = label.lastIndexOf(OWNER_END + counter.doc());
        final String owner = end < 0 ? label : label.substring(0, end);
        final String node = ownerPrefix(nodeName);
        if (counter.scope() == MeshCounter.Scope.NODE || !owner.startsWith(node))
        {
            return "";
        }
        final String scope = counter.scope().name().toLowerCase(Locale.ROOT) + " ";
        final int begin = node.length() + (owner.startsWith(scope, node.length()) ? scope.length() : 0);
        return owner.substring(begin);
    }

    private static String ownerPrefix(final String nodeName)
    {
        return "node " + nodeName + " ";
    }

    /**
     * Counters of one channel end, to be closed with it.
     *
     * @param description of the channel end, for people.
     */
    public ChannelCounters channel(final String description)
    {
        return new ChannelCounters(this, ownerPrefix(nodeName) + description);
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
