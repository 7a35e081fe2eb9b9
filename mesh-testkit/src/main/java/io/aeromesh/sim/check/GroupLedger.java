package io.aeromesh.sim.check;

import io.aeromesh.SessionReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Keeps account of one member of a broadcast channel, as a source and as a receiver of all others:
 * {@link Rule#BROADCAST}.
 */
public final class GroupLedger implements Account
{
    /** Whether this member asks for what was sent before it joined. */
    public enum Tail
    {
        /** It starts with what is new. */
        NONE,
        /** It starts with what the source retains, which may be what it had before. */
        RETAINED
    }

    private final int key;
    private final Ledgers ledgers;
    private final String node;
    private final String name;
    private final Tail tail;
    private final EndReasons.Evictions evictions;
    private final List<Long> positions = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    /** By member: from which message on all is owed to it. */
    private final Map<String, Integer> owedFrom = new HashMap<>();
    /** By source. */
    private final Map<GroupLedger, Received> received = new HashMap<>();
    private boolean isOver;

    private static final class Received
    {
        int first = -1;
        int next;
    }

    GroupLedger(
        final int key,
        final Ledgers ledgers,
        final String node,
        final String name,
        final Tail tail,
        final EndReasons.Evictions evictions)
    {
        this.evictions = evictions;
        this.key = key;
        this.ledgers = ledgers;
        this.node = node;
        this.name = name;
        this.tail = tail;
    }

    /**
     * {@inheritDoc}
     * <p>
     * Each says who sent it.
     */
    @Override
    public int lengthMin()
    {
        return Content.HEADER_LENGTH;
    }

    @Override
    public void write(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        Content.write(buffer, offset, length, Content.header(key, 0, positions.size()));
    }

    @Override
    public void accepted(final int length, final long position)
    {
        positions.add(position);
        lengths.add(length);
        ledgers.onAccepted(length);
    }

    /**
     * What is accepted from now on is owed to a member.
     */
    public void joined(final String member)
    {
        owedFrom.put(member, positions.size());
    }

    /**
     * A membership has ended.
     */
    public void left(final SessionReport report)
    {
        final String member = report.peer();
        final int acknowledged = countUpTo(report.acknowledgedPosition());
        final int owed = owedFrom.getOrDefault(member, positions.size());
        owedFrom.remove(member);
        ledgers.onGroupEnded(node, report, evictions);
        if (acknowledged > owed && acknowledged > ledgers.consumedAt(member, this))
        {
            violation("was told that " + member + " has consumed " + acknowledged + " messages, it has " +
                ledgers.consumedAt(member, this) + ": " + report, member);
        }
        for (final Map.Entry<GroupLedger, Received> from : received.entrySet())
        {
            if (from.getKey().node.equals(member))
            {
                from.getValue().first = -1;
            }
        }
    }

    private int countUpTo(final long position)
    {
        int count = positions.size();
        while (count > 0 && positions.get(count - 1) > position)
        {
            count--;
        }
        return count;
    }

    int consumedOf(final GroupLedger source)
    {
        final Received from = received.get(source);
        return from == null ? 0 : from.next;
    }

    /**
     * The handler was given a message and has consumed it.
     */
    public void delivered(
        final DirectBuffer buffer, final int offset, final int length, final String source, final long position)
    {
        ledgers.onDelivered();
        final long header = length < Content.HEADER_LENGTH ? -1 : buffer.getLong(offset);
        final GroupLedger group = ledgers.group(header);
        if (group == null || !group.node.equals(source) || !group.name.equals(name))
        {
            violation("was given by " + source + " what it has not sent: " + length + " bytes", source);
            return;
        }
        final int index = Content.index(header);
        if (index >= group.positions.size() || length != group.lengths.get(index) ||
            Content.mismatch(buffer, offset, length, header) >= 0 || position != group.positions.get(index))
        {
            violation("was given " + length + " bytes at position " + position + ", not the " +
                Content.describe(header) + " that " + source + " has sent", source);
            return;
        }
        final Received from = received.computeIfAbsent(group, key -> new Received());
        final boolean isFirst = from.first < 0;
        if (isFirst ? index < from.next && tail == Tail.NONE : index != from.next)
        {
            violation("was given message " + index + " of " + source + ", due is " + from.next +
                (isFirst ? " or a later one" : ""), source);
        }
        from.first = isFirst ? index : from.first;
        from.next = index + 1;
    }

    /**
     * Nothing more will come of this member: it has left, or its node was killed.
     */
    public void over()
    {
        isOver = true;
        owedFrom.clear();
    }

    boolean isOf(final String member, final String channel)
    {
        return node.equals(member) && name.equals(channel);
    }

    boolean isOver()
    {
        return isOver;
    }

    String name()
    {
        return name;
    }

    /**
     * What is owed to its members and has not been consumed, for people; null when there is nothing.
     */
    public String owed()
    {
        for (final Map.Entry<String, Integer> each : owedFrom.entrySet())
        {
            final int consumed = ledgers.consumedAt(each.getKey(), this);
            if (positions.size() > each.getValue() && consumed < positions.size())
            {
                return this + " owes " + each.getKey() + " its messages from " + each.getValue() + " to " +
                    positions.size() + ", consumed are " + consumed;
            }
        }
        return null;
    }

    /**
     * That members have all that is owed to them, and not only the end of it. When nothing is owed any more.
     */
    public void checkBeginnings()
    {
        owedFrom.forEach((member, from) ->
        {
            final int first = ledgers.firstAt(member, this);
            if (positions.size() > from && first > from)
            {
                violation("owed " + member + " all from message " + from + ", it got those from " + first, member);
            }
        });
    }

    int firstOf(final GroupLedger source)
    {
        final Received from = received.get(source);
        return from == null ? 0 : Math.max(0, from.first);
    }

    private void violation(final String what, final String other)
    {
        ledgers.findings().report(Rule.BROADCAST, this + " " + what, node, other);
    }

    @Override
    public String toString()
    {
        return "member " + key + " of '" + name + "' at " + node;
    }
}
