package io.aeromesh.status;

import io.aeromesh.internal.session.SessionCounters;
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
public final class NodeCounters implements SessionCounters
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

    @Override
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
     * Packets were passed on.
     */
    public void forwarded(final int packets)
    {
        forwarded.getAndAddPlain(packets);
    }

    @Override
    public void malformed()
    {
        malformed.incrementPlain();
    }

    @Override
    public void resent()
    {
        resent.incrementPlain();
    }

    @Override
    public void duplicate()
    {
        duplicates.incrementPlain();
    }

    @Override
    public void beyondWindow()
    {
        unkept.incrementPlain();
    }

    @Override
    public void unknownSession()
    {
        unknownSessions.incrementPlain();
    }

    @Override
    public void repliesOverflowed()
    {
        repliesOverflowed.incrementPlain();
    }
}
