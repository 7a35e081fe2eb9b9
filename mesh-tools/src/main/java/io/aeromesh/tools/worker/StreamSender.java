package io.aeromesh.tools.worker;

import io.aeromesh.Channel;
import io.aeromesh.Lease;
import io.aeromesh.Leases;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.SessionReport;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.tools.evidence.SentLog;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends numbered messages or leases at a steady rate, and writes down each before and after it is accepted.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none while sending.
 */
final class StreamSender
{
    /** Messages that it falls behind its rate at most: what was refused is not made up for later. */
    private static final long BEHIND_MAX = 64;
    private static final int[] LENGTHS = {24, 40, 56, 16, 200, 64, 1000, 24, 57, 4000, 33, 9000};
    private static final int[] LEASE_LENGTHS = {64, 4096, 5000, 17, 65_536, 200_000, 4096, 100_001};
    private static final int CLAIM_LENGTH_MAX = 4096;
    private static final double NS_PER_S = 1e9;

    private final MeshNode node;
    private final StreamSpec.Kind kind;
    private final long rate;
    private final long stream;
    private final SentLog log;
    private final UnacknowledgedPositions positions;
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[9000]);
    private final MessageClaim claim = new MessageClaim();
    private final Lease lease = new Lease();
    private long sent;
    private long begunNs;
    private long begunAt;
    private boolean resting = true;

    StreamSender(
        final MeshNode node, final StreamSpec spec, final long stream, final SentLog log, final int windowLength)
    {
        this.node = node;
        this.kind = spec.kind();
        this.rate = spec.rate();
        this.stream = stream;
        this.log = log;
        this.positions = new UnacknowledgedPositions(windowLength);
    }

    void go(final long nowNs)
    {
        resting = false;
        begin(nowNs);
    }

    /**
     * Sends nothing from now on and holds nothing.
     */
    void rest()
    {
        resting = true;
        if (lease.isHeld())
        {
            lease.release();
        }
    }

    int doWork(final Channel channel, final long nowNs)
    {
        if (resting || rate == 0)
        {
            return 0;
        }

        final long due = begunAt + (long)((nowNs - begunNs) / NS_PER_S * rate);
        if (due - sent > BEHIND_MAX)
        {
            begin(nowNs);
            begunAt -= BEHIND_MAX;
        }
        int count = 0;
        while (sent < due && count < BEHIND_MAX)
        {
            final long position = kind == StreamSpec.Kind.LEASE ? transfer(channel) : offer(channel);
            if (position < 0)
            {
                break;
            }
            log.onAccepted(sent);
            positions.onAccepted(position);
            sent++;
            count++;
        }
        return count;
    }

    void onSessionEnded(final SessionReport report)
    {
        log.onSessionEnded(sent - positions.countBehind(report.acknowledgedPosition()), sent,
            report.rest() == SessionReport.Outcome.UNKNOWN);
    }

    private void begin(final long nowNs)
    {
        begunNs = nowNs;
        begunAt = sent;
    }

    private long offer(final MessageSink sink)
    {
        final int length = LENGTHS[(int)(sent % LENGTHS.length)];
        if (length > CLAIM_LENGTH_MAX)
        {
            Pattern.write(scratch, 0, length, stream, sent);
            log.onAttempt(sent);
            return sink.offer(scratch, 0, length);
        }

        final long position = sink.tryClaim(length, claim);
        if (position >= 0)
        {
            Pattern.write(claim.buffer(), claim.offset(), length, stream, sent);
            log.onAttempt(sent);
            claim.commit();
        }
        return position;
    }

    private long transfer(final MessageSink sink)
    {
        if (!lease.isHeld())
        {
            final int length = LEASE_LENGTHS[(int)(sent % LEASE_LENGTHS.length)];
            if (tryAcquire(length) < 0)
            {
                return MessageSink.BACK_PRESSURED;
            }
            Pattern.write(lease.buffer(), 0, length, stream, sent);
        }
        log.onAttempt(sent);
        return sink.transfer(lease);
    }

    /**
     * Where memory is full for even a first block, there may be some later.
     */
    private long tryAcquire(final int length)
    {
        try
        {
            return node.leases().tryAcquire(length, lease);
        }
        catch (final MeshException ex)
        {
            if (ex.code() != ErrorCode.OUT_OF_SHARED_MEMORY)
            {
                throw ex;
            }
            return Leases.BACK_PRESSURED;
        }
    }
}
