package io.aeromesh.sim.check;

import io.aeromesh.Channel;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Keeps account of one end of a channel, from its opening to its closing: what it was promised and what it was given,
 * by session. Each delivery, acknowledgement and report is held against what the other end's ledger says.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public final class EndLedger implements Account
{
    private final int key;
    private final Ledgers ledgers;
    private final String node;
    private final String peer;
    private final String name;
    private final List<SentSession> sent = new ArrayList<>();
    private SentSession outgoing;
    private SentSession incoming;
    private boolean isOver;

    EndLedger(final int key, final Ledgers ledgers, final String node, final String peer, final String name)
    {
        this.key = key;
        this.ledgers = ledgers;
        this.node = node;
        this.peer = peer;
        this.name = name;
        begin();
    }

    private void begin()
    {
        outgoing = new SentSession(this, sent.size());
        sent.add(outgoing);
        incoming = null;
    }

    int key()
    {
        return key;
    }

    String node()
    {
        return node;
    }

    String peer()
    {
        return peer;
    }

    /**
     * {@inheritDoc}
     * <p>
     * The first of a session says which session it is.
     */
    @Override
    public int lengthMin()
    {
        return outgoing.count == 0 ? Content.HEADER_LENGTH : 0;
    }

    @Override
    public void write(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        Content.write(buffer, offset, length, outgoing.header(outgoing.count));
    }

    @Override
    public void accepted(final int length, final long position)
    {
        outgoing.accepted(length, position);
        ledgers.onAccepted(length);
    }

    /**
     * A session has begun.
     */
    public void connected()
    {
        incoming = null;
    }

    /**
     * The handler was given a message and has consumed it.
     *
     * @param position that its origin told.
     */
    public void delivered(final DirectBuffer buffer, final int offset, final int length, final long position)
    {
        ledgers.onDelivered();
        if (incoming == null && !meet(buffer, offset, length))
        {
            return;
        }
        final SentSession from = incoming;
        final int index = from.delivered;
        if (index >= from.count)
        {
            violation("was given more than was accepted: " + describe(buffer, offset, length) + ", " + from, from);
            return;
        }
        if (length != from.length(index) || Content.mismatch(buffer, offset, length, from.header(index)) >= 0)
        {
            violation("was given " + describe(buffer, offset, length) + ", due was message " + index + " of " +
                from.length(index) + " bytes of " + from + ", differs at byte " +
                Content.mismatch(buffer, offset, length, from.header(index)), from);
            return;
        }
        if (position != from.position(index))
        {
            violation("was told position " + position + " for message " + index + " of " + from + ", accepted at " +
                from.position(index), from);
        }
        from.delivered++;
        if (from.report != null && from.report.rest() == Outcome.NOT_CONSUMED)
        {
            violation("was given message " + index + " of " + from + ", which had been reported not to be consumed: " +
                from.report, from);
        }
    }

    private boolean meet(final DirectBuffer buffer, final int offset, final int length)
    {
        final long header = length < Content.HEADER_LENGTH ? -1 : buffer.getLong(offset);
        final SentSession session = ledgers.session(header);
        if (session == null || !Names.isMeant(peer, session.owner.node) || !Names.isMeant(session.owner.peer, node) ||
            !session.owner.name.equals(name))
        {
            violation("was given what nobody has sent it: " + describe(buffer, offset, length), session);
            return false;
        }
        if (session.receiver != null)
        {
            violation("was given twice: " + describe(buffer, offset, length) + ", before to " + session.receiver,
                session);
            return false;
        }
        session.receiver = this;
        incoming = session;
        return true;
    }

    /**
     * Holds what this end believes to be consumed against what was. At any time.
     */
    void checkAcknowledged(final Channel channel)
    {
        final int acknowledged = outgoing.acknowledgedUpTo(channel.acknowledgedPosition());
        if (acknowledged > outgoing.delivered)
        {
            violation("has " + acknowledged + " messages acknowledged, up to " + channel.acknowledgedPosition() +
                ", consumed are " + outgoing.delivered + " of " + outgoing, outgoing);
        }
    }

    /**
     * A session has ended, and this is what its end was told.
     */
    public void ended(final SessionReport report)
    {
        final SentSession session = outgoing;
        session.report = report;
        final int acknowledged = session.countUpTo(report.acknowledgedPosition());
        final long last = session.count == 0 ? 0 : session.position(session.count - 1);
        if (session.count > 0 && report.acceptedPosition() != last)
        {
            violation("accepted up to " + last + ", but was told " + report, session);
        }
        else if (acknowledged > session.delivered ||
            report.rest() == Outcome.NOT_CONSUMED && acknowledged != session.delivered)
        {
            violation("of " + session + " " + acknowledged + " are reported as acknowledged: " + report, session);
        }
        ledgers.onEnded(this, report);
        begin();
    }

    /**
     * Nothing more will come of this end: it is closed and has its report, or its node was killed.
     */
    public void over()
    {
        isOver = true;
        incoming = null;
    }

    boolean isOver()
    {
        return isOver;
    }

    /**
     * Whether all that this end has accepted in its session was consumed.
     */
    public boolean isSettled()
    {
        return outgoing.delivered == outgoing.count;
    }

    SentSession session(final int number)
    {
        return number < sent.size() ? sent.get(number) : null;
    }

    private void violation(final String what, final SentSession other)
    {
        ledgers.findings().report(Rule.DELIVERY, this + " " + what, node, other == null ? peer : other.owner.node);
    }

    private static String describe(final DirectBuffer buffer, final int offset, final int length)
    {
        return length + " bytes" + (length < Content.HEADER_LENGTH ? "" : ", " +
            Content.describe(buffer.getLong(offset)));
    }

    @Override
    public String toString()
    {
        return "end " + key + " of '" + name + "' at " + node + " to " + peer;
    }
}
