package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.SessionReport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the messages of one stream, as fast as they are accepted, and counts what it is told.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none while sending.
 */
final class Sender
{
    /** Messages in one turn, so that receiving gets its share. */
    private static final int BATCH = 64;
    /** Longer messages are offered from a buffer, shorter ones written in place: both ways are used. */
    private static final int CLAIM_LENGTH_MAX = 4096;

    private final long stream;
    private final int[] lengths;
    private final UnsafeBuffer scratch;
    private final MessageClaim claim = new MessageClaim();
    private final UnacknowledgedPositions positions;
    private long target;
    private long sent;
    private long reported;
    private long sessionsEnded;
    private long backPressured;
    private long noRoute;
    private long notConnected;
    private String lastReport = "";

    Sender(final long stream, final int windowLength, final int... lengths)
    {
        this.stream = stream;
        this.lengths = lengths.clone();
        int longest = 0;
        for (final int length : lengths)
        {
            longest = Math.max(longest, length);
        }
        scratch = new UnsafeBuffer(new byte[longest]);
        positions = new UnacknowledgedPositions(windowLength);
    }

    /**
     * Sends that many more.
     */
    void send(final long count)
    {
        target = count > Long.MAX_VALUE - target ? Long.MAX_VALUE : target + count;
    }

    /**
     * Sends no more than it has.
     */
    void stop()
    {
        target = sent;
    }

    int doWork(final MessageSink sink)
    {
        int count = 0;
        while (count < BATCH && sent < target)
        {
            final long position = offer(sink, lengths[(int)(sent % lengths.length)]);
            if (position < 0)
            {
                onRefused(position);
                break;
            }
            positions.onAccepted(position);
            sent++;
            count++;
        }
        return count;
    }

    void onSessionEnded(final SessionReport report)
    {
        reported += positions.countBehind(report.acknowledgedPosition());
        sessionsEnded++;
        lastReport = report.toString();
    }

    void describe(final ObjectNode json)
    {
        json.put("sent", sent).put("undelivered_reported", reported).put("sessions_ended", sessionsEnded)
            .put("back_pressured", backPressured).put("no_route", noRoute).put("not_connected", notConnected)
            .put("last_report", lastReport);
    }

    private long offer(final MessageSink sink, final int length)
    {
        if (length > CLAIM_LENGTH_MAX)
        {
            Pattern.write(scratch, 0, length, stream, sent);
            return sink.offer(scratch, 0, length);
        }

        final long position = sink.tryClaim(length, claim);
        if (position >= 0)
        {
            Pattern.write(claim.buffer(), claim.offset(), length, stream, sent);
            claim.commit();
        }
        return position;
    }

    private void onRefused(final long result)
    {
        if (result == MessageSink.BACK_PRESSURED)
        {
            backPressured++;
        }
        else if (result == MessageSink.NO_ROUTE)
        {
            noRoute++;
        }
        else
        {
            notConnected++;
        }
    }
}
