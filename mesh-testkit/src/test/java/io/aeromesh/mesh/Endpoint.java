package io.aeromesh.mesh;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import io.aeromesh.Leases;
import io.aeromesh.MessageOrigin;
import io.aeromesh.MessageSink;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An application at one end of a channel that writes down what it was promised and what it was given, by session. It
 * lives on when its node is killed, and moves to the node's next instance.
 */
final class Endpoint implements ChannelListener
{
    private final int id;
    private final SplittableRandom random;
    private final int lengthMax;
    private final UnsafeBuffer out;
    private final List<Sent> sent = new ArrayList<>();
    private final List<List<Long>> received = new ArrayList<>();
    private final Lease lease = new Lease();
    private Leases leases;
    private Channel channel;
    private Sent current = new Sent();
    private List<Long> incoming = new ArrayList<>();
    private long next;

    /** What one session accepted, and how it ended. */
    static final class Sent
    {
        final List<Long> values = new ArrayList<>();
        final List<Long> positions = new ArrayList<>();
        SessionReport report;
        boolean senderDied;

        int countUpTo(final long position)
        {
            int count = 0;
            while (count < positions.size() && positions.get(count) <= position)
            {
                count++;
            }
            return count;
        }
    }

    Endpoint(final int id, final SplittableRandom random, final int lengthMax)
    {
        this.id = id;
        this.random = random;
        this.lengthMax = lengthMax;
        out = new UnsafeBuffer(new byte[Math.max(Long.BYTES, lengthMax)]);
    }

    void open(final TestMesh mesh, final String node, final ChannelSpec spec)
    {
        channel = mesh.open(node, spec.listener(this));
    }

    /**
     * Every other message is a lease from now on.
     */
    void sendLeases(final Leases newLeases)
    {
        leases = newLeases;
    }

    Channel channel()
    {
        return channel;
    }

    List<Sent> sent()
    {
        return sent;
    }

    Sent current()
    {
        return current;
    }

    List<List<Long>> received()
    {
        return received;
    }

    long deliveredNow()
    {
        return incoming.size();
    }

    /**
     * The node was killed, and with it the sender's obligation.
     */
    void died()
    {
        current.senderDied = true;
        channel = null;
        current = new Sent();
        incoming = new ArrayList<>();
    }

    void closed()
    {
        current.report = channel.closeReport();
        channel = null;
        current = new Sent();
        incoming = new ArrayList<>();
    }

    void send(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final int length = Math.max(Long.BYTES, random.nextInt(lengthMax + 1));
            final long value = (long)id << 40 | next;
            out.setMemory(0, length, (byte)next);
            out.putLong(0, value);
            final long position = leases != null && (next & 1) == 0 ? transfer(length) : channel.offer(out, 0, length);
            if (position < 0)
            {
                return;
            }
            if (current.values.isEmpty())
            {
                sent.add(current);
            }
            next++;
            current.values.add(value);
            current.positions.add(position);
        }
    }

    private long transfer(final int length)
    {
        if (leases.tryAcquire(length, lease) < 0)
        {
            return MessageSink.BACK_PRESSURED;
        }
        lease.buffer().putBytes(0, out, 0, length);
        final long position = channel.transfer(lease);
        if (position < 0)
        {
            lease.release();
        }
        return position;
    }

    int receive(final int limit)
    {
        return channel.poll(this::onMessage, limit);
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        final long value = buffer.getLong(offset);
        for (int i = Long.BYTES; i < length; i++)
        {
            if (buffer.getByte(offset + i) != (byte)value)
            {
                throw new AssertionError("message " + Long.toHexString(value) + " differs at byte " + i);
            }
        }
        if (incoming.isEmpty())
        {
            received.add(incoming);
        }
        incoming.add(value);
    }

    @Override
    public void onConnected(final Channel connected)
    {
        incoming = new ArrayList<>();
    }

    @Override
    public void onSessionEnded(final Channel ended, final SessionReport report)
    {
        current.report = report;
        current = new Sent();
        incoming = new ArrayList<>();
    }

    /**
     * Compares what this end was promised with what the other was given: never twice, in order, nothing acknowledged
     * that was not consumed, nothing called unconsumed that was.
     */
    void check(final Endpoint other)
    {
        for (final List<Long> session : other.received)
        {
            final Sent source = sent.stream().filter(candidate -> candidate.values.contains(session.get(0)))
                .findFirst().orElseThrow(() -> new AssertionError("delivered what was never accepted: " +
                    describe(session)));
            final int count = session.size();
            if (count > source.values.size() || !session.equals(source.values.subList(0, count)))
            {
                throw new AssertionError("delivered " + describe(session) + " of " + describe(source.values));
            }
        }
        for (final Sent session : sent)
        {
            checkReport(session, other.received.stream().filter(list -> list.get(0).equals(session.values.get(0)))
                .toList());
        }
    }

    @Override
    public String toString()
    {
        return channel == null ? "no channel" : channel + " " + channel.state() + " accepted " +
            channel.acceptedPosition() + " acknowledged " + channel.acknowledgedPosition() + " sent " +
            describe(current.values) + " received " + describe(incoming);
    }

    private static String describe(final List<Long> values)
    {
        final StringBuilder out = new StringBuilder().append(values.size()).append(" messages:");
        long previous = -1;
        for (final long value : values)
        {
            if (value != previous + 1)
            {
                out.append(previous < 0 ? " " : "-" + (previous & 0xFFFFFF) + ", ").append(value & 0xFFFFFF);
            }
            previous = value;
        }
        return out.append('-').append(previous & 0xFFFFFF).toString();
    }

    private static void checkReport(final Sent session, final List<List<Long>> deliveries)
    {
        if (deliveries.size() > 1)
        {
            throw new AssertionError("delivered twice: " + deliveries.stream().map(Endpoint::describe).toList());
        }
        final int delivered = deliveries.isEmpty() ? 0 : deliveries.get(0).size();
        final SessionReport report = session.report;
        if (report != null)
        {
            final int acknowledged = session.countUpTo(report.acknowledgedPosition());
            final long last = session.positions.get(session.positions.size() - 1);
            if (report.acceptedPosition() != last)
            {
                throw new AssertionError("accepted up to " + last + ", reported " + report);
            }
            if (acknowledged > delivered || report.rest() == Outcome.NOT_CONSUMED && acknowledged != delivered)
            {
                throw new AssertionError("delivered " + delivered + " of " + session.values.size() +
                    ", acknowledged " + acknowledged + ": " + report);
            }
        }
    }
}
