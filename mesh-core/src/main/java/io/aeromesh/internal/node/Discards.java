package io.aeromesh.internal.node;

import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.session.ControlSender;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.spi.Lane;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.NodeCounters;
import io.aeromesh.status.OccupancyVisitor;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What this node discarded because the next edge was full: the lowest position for each session. When that edge has
 * drained, the source is told. A relay never stops reading one edge because another is full, so it must discard; this
 * table is what makes the discard not silent. When it is full, whole nodes are told instead of sessions.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none.
 */
final class Discards
{
    private static final long ABSENT = -1;

    private final long[] sources;
    private final long[] sessionIds;
    private final long[] positions;
    private final Link[] links;
    private final Lane[] lanes;
    private final Long2LongHashMap indexByKey;
    private final AtomicCounter discards;
    private final AtomicCounter notices;
    private int size;
    private boolean ownOverflow;

    Discards(final int limit, final NodeCounters counters)
    {
        sources = new long[limit];
        sessionIds = new long[limit];
        positions = new long[limit];
        links = new Link[limit];
        lanes = new Lane[limit];
        indexByKey = new Long2LongHashMap(limit, Hashing.DEFAULT_LOAD_FACTOR, ABSENT);
        discards = counters.node(MeshCounter.CONGESTION_DISCARDS);
        notices = counters.node(MeshCounter.CONGESTION_NOTICES);
    }

    /**
     * Notes a discard.
     *
     * @return false when the table is full.
     */
    boolean add(
        final long sourceId, final long sessionId, final long position, final Link link, final Lane lane)
    {
        discards.incrementPlain();
        final long key = key(sourceId, sessionId);
        final long index = indexByKey.get(key);
        if (index != ABSENT)
        {
            positions[(int)index] = Math.min(positions[(int)index], position);
            links[(int)index] = link;
            lanes[(int)index] = lane;
            return true;
        }
        if (size == sources.length)
        {
            return false;
        }
        sources[size] = sourceId;
        sessionIds[size] = sessionId;
        positions[size] = position;
        links[size] = link;
        lanes[size] = lane;
        indexByKey.put(key, size);
        size++;
        return true;
    }

    /**
     * Notes a discard of this node's own broadcasts; when the table is full all of its sessions ask their peers.
     */
    void addOwn(final long selfId, final long streamId, final long position, final Link link, final Lane lane)
    {
        ownOverflow |= !add(selfId, streamId, position, link, lane);
    }

    void occupancy(final OccupancyVisitor visitor)
    {
        visitor.onTable("discards", size, sources.length);
    }

    int doWork(final long selfId, final Sessions sessions)
    {
        int work = 0;
        if (ownOverflow && size < sources.length)
        {
            ownOverflow = false;
            sessions.onCongestion(0, ControlSender.NO_POSITION);
        }
        for (int i = size - 1; i >= 0; i--)
        {
            final boolean drained =
                links[i].state() != Link.State.UP || lanes[i].available() >= lanes[i].capacity() / 2;
            if (drained && tell(i, selfId, sessions))
            {
                notices.incrementPlain();
                remove(i);
                work++;
            }
        }
        return work;
    }

    private boolean tell(final int index, final long selfId, final Sessions sessions)
    {
        if (sources[index] == selfId)
        {
            sessions.onCongestion(sessionIds[index], positions[index]);
            return true;
        }
        return sessions.sendCongestion(sources[index], sessionIds[index], positions[index]);
    }

    private void remove(final int index)
    {
        size--;
        indexByKey.remove(key(sources[index], sessionIds[index]));
        if (index != size)
        {
            sources[index] = sources[size];
            sessionIds[index] = sessionIds[size];
            positions[index] = positions[size];
            links[index] = links[size];
            lanes[index] = lanes[size];
            indexByKey.put(key(sources[index], sessionIds[index]), index);
        }
        links[size] = null;
        lanes[size] = null;
    }

    private static long key(final long sourceId, final long sessionId)
    {
        // session ids are random, so they do not collide with each other nor with node ids
        return sessionId == 0 ? ~sourceId : sessionId;
    }
}
