package io.aeromesh.sim.check;

import io.aeromesh.Channel;
import io.aeromesh.ChannelState;
import io.aeromesh.SessionReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledgers of all ends of channels of a world: {@link Rule#DELIVERY}.
 */
public final class Ledgers implements Checker
{
    private final Findings findings;
    private final EndReasons reasons;
    private final List<EndLedger> ends = new ArrayList<>();
    private final List<GroupLedger> groups = new ArrayList<>();
    private final Map<EndLedger, Channel> open = new LinkedHashMap<>();
    private long messages;
    private long bytes;
    private long deliveries;
    private long sessionsEnded;

    /**
     * @param findings to report to.
     * @param reasons  that sessions may have to end.
     */
    public Ledgers(final Findings findings, final EndReasons reasons)
    {
        this.findings = findings;
        this.reasons = reasons;
    }

    /**
     * A channel end begins.
     */
    public EndLedger open(final String node, final String peer, final String name)
    {
        final EndLedger end = new EndLedger(ends.size(), this, node, peer, name);
        ends.add(end);
        return end;
    }

    /**
     * A channel end has a channel, whose acknowledgements are looked at from now on.
     */
    public void watch(final EndLedger end, final Channel channel)
    {
        open.put(end, channel);
    }

    /**
     * A member of a broadcast channel begins.
     */
    public GroupLedger openGroup(
        final String node, final String name, final GroupLedger.Tail tail, final EndReasons.Evictions evictions)
    {
        final GroupLedger group = new GroupLedger(groups.size(), this, node, name, tail, evictions);
        groups.add(group);
        return group;
    }

    /**
     * Holds all acknowledgements against what was consumed.
     */
    @Override
    public void afterTick()
    {
        open.keySet().removeIf(EndLedger::isOver);
        open.forEach((end, channel) ->
        {
            if (channel.state() == ChannelState.CONNECTED)
            {
                end.checkAcknowledged(channel);
            }
        });
    }

    SentSession session(final long header)
    {
        final int key = Content.key(header);
        return header < 0 || key >= ends.size() ? null : ends.get(key).session(Content.session(header));
    }

    GroupLedger group(final long header)
    {
        final int key = Content.key(header);
        return header < 0 || key >= groups.size() ? null : groups.get(key);
    }

    Findings findings()
    {
        return findings;
    }

    void onAccepted(final int length)
    {
        messages++;
        bytes += length;
    }

    void onDelivered()
    {
        deliveries++;
    }

    void onEnded(final EndLedger end, final SessionReport report)
    {
        sessionsEnded++;
        reasons.check(end.node(), end.peer(), report, EndReasons.Evictions.NONE);
    }

    void onGroupEnded(final String node, final SessionReport report, final EndReasons.Evictions evictions)
    {
        sessionsEnded++;
        reasons.check(node, report.peer(), report, evictions);
    }

    /**
     * Messages of a source that the member of its channel at a node has consumed.
     */
    int consumedAt(final String member, final GroupLedger source)
    {
        int consumed = 0;
        for (final GroupLedger each : groups)
        {
            if (each.isOf(member, source.name()))
            {
                consumed = Math.max(consumed, each.consumedOf(source));
            }
        }
        return consumed;
    }

    int firstAt(final String member, final GroupLedger source)
    {
        int first = 0;
        for (final GroupLedger each : groups)
        {
            if (!each.isOver() && each.isOf(member, source.name()))
            {
                first = Math.max(first, each.firstOf(source));
            }
        }
        return first;
    }

    /**
     * Messages accepted.
     */
    public long messages()
    {
        return messages;
    }

    /**
     * Bytes of the messages accepted.
     */
    public long bytes()
    {
        return bytes;
    }

    /**
     * Messages handed to handlers; of a broadcast, by each member.
     */
    public long deliveries()
    {
        return deliveries;
    }

    /**
     * Sessions that ended and were reported.
     */
    public long sessionsEnded()
    {
        return sessionsEnded;
    }
}
