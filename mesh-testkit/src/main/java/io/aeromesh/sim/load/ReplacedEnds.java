package io.aeromesh.sim.load;

import io.aeromesh.Channel;
import io.aeromesh.SessionReport;
import io.aeromesh.sim.check.EndLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends of one application whose places others have taken, until it is told what became of them.
 */
final class ReplacedEnds
{
    private final List<End> ends = new ArrayList<>();

    private record End(Channel channel, EndLedger ledger, boolean isReported)
    {
    }

    /**
     * @param isReported whether the end of its last session was told already, or it had none.
     */
    void add(final Channel channel, final EndLedger ledger, final boolean isReported)
    {
        ends.add(new End(channel, ledger, isReported));
    }

    boolean isEmpty()
    {
        return ends.isEmpty();
    }

    /**
     * One was replaced by a handler in the very call that tells of its session's end.
     */
    void ended(final Channel channel, final SessionReport report)
    {
        ends.replaceAll(end ->
        {
            if (end.channel != channel)
            {
                return end;
            }
            end.ledger.ended(report);
            return new End(channel, end.ledger, true);
        });
    }

    /**
     * Asks each what became of it.
     */
    void work()
    {
        ends.removeIf(ReplacedEnds::isSettled);
    }

    private static boolean isSettled(final End end)
    {
        end.channel.poll((buffer, offset, length, origin) ->
        {
            throw new IllegalStateException("an end that was replaced is given messages");
        }, 1);
        final SessionReport report = end.channel.closeReport();
        if (report == null)
        {
            return false;
        }
        if (!end.isReported)
        {
            end.ledger.ended(report);
        }
        end.ledger.over();
        return true;
    }

    /**
     * Their node is no more.
     */
    void onNodeEnded()
    {
        ends.forEach(end -> end.ledger.over());
        ends.clear();
    }
}
