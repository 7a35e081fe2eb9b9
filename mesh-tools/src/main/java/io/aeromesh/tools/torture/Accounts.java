package io.aeromesh.tools.torture;

import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.tools.evidence.ReceivedLog.Received;
import io.aeromesh.tools.evidence.SentLog.Sent;
import io.aeromesh.tools.evidence.StreamAudit;
import io.aeromesh.tools.evidence.StreamAudit.Verdict;
import io.aeromesh.tools.torture.ChannelPlan.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of all messages: judges each sending process by the evidence of those that received, once more whenever
 * all rest. What a dead process sent is judged for the last time when all rest after its death.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class Accounts
{
    private final Yard yard;
    private final Evidence evidence;
    private final List<Account> accounts = new ArrayList<>();

    /**
     * One direction of a channel.
     */
    private static final class Account
    {
        final Direction direction;
        /** Incarnations of the source before this one are settled. */
        long settledUntil;
        long targetAtLastRest;
        Totals settled = Totals.NONE;
        Totals now = Totals.NONE;
        final Set<String> told = new HashSet<>();

        Account(final Direction direction)
        {
            this.direction = direction;
        }
    }

    Accounts(final Yard yard, final Evidence evidence)
    {
        this.yard = yard;
        this.evidence = evidence;
        ChannelPlan.ALL.forEach(channel -> channel.directions()
            .forEach(direction -> accounts.add(new Account(direction))));
    }

    /**
     * Messages that were accepted in sessions whose ends both live and rest, and have not come yet.
     */
    long underWay()
    {
        long count = 0;
        for (final Account account : accounts)
        {
            final Direction direction = account.direction;
            final long incarnation = yard.member(direction.source()).incarnation();
            final Sent sent = evidence.readSent(direction, incarnation);
            final Verdict verdict = StreamAudit.judge(
                incarnation, sent, received(direction), sent.open());
            count += Math.max(0, sent.accepted() - verdict.delivered());
        }
        return count;
    }

    /**
     * Judges all, when all rest.
     *
     * @return what was not found before.
     */
    List<String> judge()
    {
        final List<String> findings = new ArrayList<>();
        accounts.forEach(account -> judge(account, findings));
        return findings;
    }

    private void judge(final Account account, final List<String> findings)
    {
        final Direction direction = account.direction;
        final List<Received> received = received(direction);
        final long current = yard.member(direction.source()).incarnation();
        for (long i = account.settledUntil; i < current; i++)
        {
            final Sent sent = evidence.readSent(direction, i);
            final Verdict verdict = StreamAudit.judge(i, sent, received, owedByDead(account, i, sent, received));
            report(account, i, verdict, findings);
            account.settled = account.settled.plus(verdict);
        }
        account.settledUntil = current;
        account.targetAtLastRest = yard.member(direction.target()).incarnation();

        final Sent sent = evidence.readSent(direction, current);
        final Verdict verdict = StreamAudit.judge(current, sent, received, sent.accepted());
        report(account, current, verdict, findings);
        Totals now = account.settled.plus(verdict);
        for (int i = 0; i < received.size(); i++)
        {
            final Received one = received.get(i);
            now = now.plus(one);
            if (!one.fault().isEmpty())
            {
                tell(account, "receiver " + i + ": " + one.fault(), findings);
            }
            if (one.overfull())
            {
                tell(account, "receiver " + i + ": more ranges than the evidence has room for", findings);
            }
        }
        account.now = now;
    }

    /**
     * What a dead process must have delivered of its last session: all that it had committed to memory which it shared
     * with a receiver that lives on, if that one has seen the session.
     */
    private long owedByDead(
        final Account account, final long incarnation, final Sent sent, final List<Received> received)
    {
        final Direction direction = account.direction;
        final boolean receiverLives =
            account.targetAtLastRest == yard.member(direction.target()).incarnation() && !received.isEmpty();
        final boolean hasSeen = receiverLives && received.get(received.size() - 1).ranges().stream()
            .anyMatch(range -> range.incarnation() == incarnation && range.next() > sent.open());
        return hasSeen && direction.channel().mode() == Mode.DIRECT ? sent.accepted() : sent.open();
    }

    private void report(
        final Account account, final long incarnation, final Verdict verdict, final List<String> findings)
    {
        if (!verdict.isClean())
        {
            tell(account, "sender " + incarnation + ": lost " + verdict.lost() + ", duplicate " +
                verdict.duplicates() + ": " + verdict.finding(), findings);
        }
    }

    private static void tell(final Account account, final String what, final List<String> findings)
    {
        if (account.told.add(what))
        {
            findings.add(account.direction + " " + what);
        }
    }

    private List<Received> received(final Direction direction)
    {
        return evidence.readReceived(direction, yard.member(direction.target()).incarnation() + 1);
    }

    /**
     * Of messages or of leases, as last judged.
     */
    Totals totals(final String kind)
    {
        Totals sum = Totals.NONE;
        for (final Account account : accounts)
        {
            if (account.direction.channel().kind().equals(kind))
            {
                sum = sum.plus(account.now);
            }
        }
        return sum;
    }

    /**
     * Sums over processes.
     *
     * @param accepted   by channels.
     * @param delivered  to receivers, right and for the first time.
     * @param unknown    reported to their senders as not acknowledged.
     * @param lost       owed and not delivered.
     * @param duplicates delivered again.
     * @param corrupt    delivered with other bytes.
     */
    record Totals(long accepted, long delivered, long unknown, long lost, long duplicates, long corrupt)
    {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

        Totals plus(final Verdict verdict)
        {
            return new Totals(accepted + verdict.accepted(), delivered, unknown + verdict.unknown(),
                lost + verdict.lost(), duplicates + verdict.duplicates(), corrupt);
        }

        Totals plus(final Received received)
        {
            return new Totals(accepted, delivered + received.delivered(), unknown, lost,
                duplicates + received.duplicates(), corrupt + received.corrupt());
        }

        Totals plus(final Totals other)
        {
            return new Totals(accepted + other.accepted, delivered + other.delivered, unknown + other.unknown,
                lost + other.lost, duplicates + other.duplicates, corrupt + other.corrupt);
        }
    }
}
