package io.aeromesh.tools.evidence;

import io.aeromesh.tools.evidence.ReceivedLog.Range;
import io.aeromesh.tools.evidence.ReceivedLog.Received;
import io.aeromesh.tools.evidence.SentLog.Sent;
import io.aeromesh.tools.evidence.SentLog.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges what one sending process has sent by what all receiving processes got of it.
 * <p>
 * Of each session of the sender a beginning was delivered, without a hole, once, and at least as much as was
 * acknowledged to the sender. That is all that can be asked where an end died. Where both ends of the session that has
 * not ended live and rest, all of it was delivered.
 */
public final class StreamAudit
{
    private final Sent sent;
    private final List<Range> ranges = new ArrayList<>();
    private long lost;
    private long duplicates;
    private String finding = "";

    private StreamAudit(final Sent sent)
    {
        this.sent = sent;
    }

    /**
     * Judges one sender.
     *
     * @param incarnation of the sending process.
     * @param sent        by it.
     * @param received    by each receiving process.
     * @param owed        sequence up to which the open session must have been delivered: where nobody died, all.
     */
    public static Verdict judge(
        final long incarnation, final Sent sent, final List<Received> received, final long owed)
    {
        final StreamAudit audit = new StreamAudit(sent);
        for (final Received one : received)
        {
            one.ranges().stream().filter(range -> range.incarnation() == incarnation).forEach(audit.ranges::add);
        }
        audit.ranges.sort(Comparator.comparingLong(Range::first));
        return audit.judge(owed);
    }

    private Verdict judge(final long owed)
    {
        checkOverlaps();
        long unknown = 0;
        for (final Session session : sent.sessions())
        {
            final long end = checkSession(session.first(), session.acknowledged(), session.accepted());
            if (!session.unknown() && end > session.acknowledged())
            {
                duplicates += end - session.acknowledged();
                find("sequences " + session.acknowledged() + " to " + end + " were delivered and reported as not");
            }
            unknown += session.accepted() - session.acknowledged();
        }
        final long openEnd = checkSession(sent.open(), Math.max(owed, sent.open()), sent.attempted());
        if (sent.overfull())
        {
            find("more sessions than the evidence has room for");
        }
        return new Verdict(sent.accepted(), openEnd, lost, duplicates, unknown, finding);
    }

    private void checkOverlaps()
    {
        for (int i = 1; i < ranges.size(); i++)
        {
            final long overlap = ranges.get(i - 1).next() - ranges.get(i).first();
            if (overlap > 0)
            {
                duplicates += overlap;
                find("delivered twice: " + ranges.get(i - 1) + " and " + ranges.get(i));
            }
        }
        if (!ranges.isEmpty() && ranges.get(ranges.size() - 1).next() > sent.attempted())
        {
            duplicates++;
            find("delivered and never sent: " + ranges.get(ranges.size() - 1) + ", attempted=" + sent.attempted());
        }
    }

    /**
     * @return sequence behind what was delivered of the session.
     */
    private long checkSession(final long first, final long owed, final long accepted)
    {
        long end = first;
        for (final Range range : ranges)
        {
            final long from = Math.max(range.first(), first);
            final long to = Math.min(range.next(), accepted);
            if (from < to)
            {
                missing(end, from, "a hole in a session");
                end = Math.max(end, to);
            }
        }
        missing(end, owed, "owed and not delivered");
        return end;
    }

    private void missing(final long from, final long to, final String what)
    {
        if (to > from)
        {
            lost += to - from;
            find(what + ": sequences " + from + " to " + to);
        }
    }

    private void find(final String what)
    {
        if (finding.isEmpty())
        {
            finding = what;
        }
    }

    /**
     * What was found.
     *
     * @param accepted   messages.
     * @param delivered  sequence behind what was delivered of the open session.
     * @param lost       messages owed and not delivered.
     * @param duplicates messages delivered twice, or that should not have come at all.
     * @param unknown    messages that were reported to the sender as not acknowledged.
     * @param finding    first thing that was wrong; empty: nothing.
     */
    public record Verdict(
        long accepted, long delivered, long lost, long duplicates, long unknown, String finding)
    {
        /**
         * Whether nothing was wrong.
         */
        public boolean isClean()
        {
            return lost == 0 && duplicates == 0 && finding.isEmpty();
        }
    }
}
