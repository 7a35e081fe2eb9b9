package io.aeromesh.tools.stream;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.error.MeshException;
import io.aeromesh.tools.process.Stopper;
import io.aeromesh.tools.stream.StreamReport.End;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Sends what it reads along one channel, and closes that once all is acknowledged. What the peer sends is dropped and
 * counted.
 * <p>
 * While there is no way to the peer it waits: the session lasts, and what was accepted is not lost. Only the first
 * connection has a bound.
 * <p>
 * <b>Threading:</b> the thread that made it, which is the channel's. <b>Ownership:</b> the channel; not node and input.
 * <b>Allocation:</b> none for a message.
 */
public final class Sender implements ChannelListener
{
    private static final int EVENTS = 16;
    private static final int MESSAGES_PER_TURN = 1024;
    /** When all is acknowledged there is nothing to wait for; who has stopped it waits for this command to end. */
    private static final long CLOSE_DRAIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_BOUND_NS = TimeUnit.SECONDS.toNanos(3);

    private final MeshNode node;
    private final Stopper stopper;
    private final Meter meter;
    private final Channel channel;
    private final MessageSource source;
    private final Acknowledged acknowledged = new Acknowledged();
    private final BackoffIdleStrategy idle = new BackoffIdleStrategy();
    private final Supplier<String> way = this::way;
    private boolean isConnected;
    private long dropped;
    private MeshException rejection;
    private SessionReport ended;

    /**
     * Opens the channel and begins to read.
     *
     * @param node       that sends.
     * @param spec       of the channel; listener, lifetime and bound for closing are set here.
     * @param format     of the input.
     * @param input      to be sent.
     * @param stopper    that says when to end before the input's end.
     * @param err        for progress.
     * @param isProgress whether that is wanted.
     */
    public Sender(
        final MeshNode node,
        final ChannelSpec spec,
        final Format format,
        final ReadableByteChannel input,
        final Stopper stopper,
        final PrintWriter err,
        final boolean isProgress)
    {
        this.node = node;
        this.stopper = stopper;
        meter = new Meter(err, isProgress);
        channel = node.open(
            spec.lifetime(ChannelSpec.Lifetime.ONE_SESSION).closeDrainNs(CLOSE_DRAIN_NS).listener(this));
        final int lengthMax = channel.maxMessageLength();
        final Cutter cutter = format.cutter(lengthMax);
        source = new MessageSource(new Input(input, lengthMax + cutter.headerLength()), cutter);
    }

    @Override
    public void onConnected(final Channel connected)
    {
        isConnected = true;
        meter.start();
    }

    @Override
    public void onSessionEnded(final Channel closed, final SessionReport report)
    {
        ended = report;
    }

    @Override
    public void onRejected(final Channel refused, final MeshException error)
    {
        rejection = error;
    }

    /**
     * Waits for the peer to open its end.
     *
     * @param bound longest wait; zero: none.
     * @return whether it has, or the user wants no more.
     * @throws MeshException when the peer refuses the channel.
     */
    public boolean connect(final Duration bound)
    {
        final long startNs = System.nanoTime();
        while (!isConnected && !stopper.isAsked())
        {
            Running.require(node);
            if (!bound.isZero() && System.nanoTime() - startNs > bound.toNanos())
            {
                return false;
            }
            idle.idle(poll());
            if (rejection != null)
            {
                throw rejection;
            }
        }
        return true;
    }

    /**
     * Sends until the input or the session ends, or the user wants no more.
     *
     * @throws IOException when the input can not be read or breaks its format; {@link #close()} says what was sent.
     */
    public void run() throws IOException
    {
        while (ended == null && !stopper.isAsked() && !isDelivered())
        {
            Running.require(node);
            idle.idle(poll() + sendSome());
            acknowledged.onAcknowledged(channel.acknowledgedPosition());
            meter.tick(acknowledged.bytes(), way);
        }
    }

    /**
     * Whether the peer has consumed all and can be told that this was it: a goodbye that finds no way now is not sent
     * again once this process has ended.
     */
    private boolean isDelivered()
    {
        return source.isExhausted() && acknowledged.isComplete() && channel.state() == ChannelState.CONNECTED;
    }

    /**
     * Closes the channel.
     *
     * @return what became of the stream.
     */
    public StreamReport close()
    {
        final double seconds = meter.stop();
        final SessionReport last = ended == null ? closeChannel() : ended;
        if (last != null)
        {
            acknowledged.onAcknowledged(last.acknowledgedPosition());
        }
        final boolean isComplete = source.isExhausted() && acknowledged.isComplete();
        final End end = isComplete ? End.COMPLETE : ended == null ? End.STOPPED : End.BROKEN;
        return new StreamReport(true, channel.peer(), channel.name(), end, ended == null ? null : ended.reason(),
            acknowledged.acceptedBytes(), acknowledged.acceptedMessages(), acknowledged.bytes(),
            acknowledged.messages(), last == null ? Outcome.UNKNOWN : last.rest(), seconds);
    }

    private SessionReport closeChannel()
    {
        channel.close();
        final long startNs = System.nanoTime();
        while (channel.closeReport() == null && System.nanoTime() - startNs < CLOSE_BOUND_NS)
        {
            idle.idle(0);
        }
        return channel.closeReport();
    }

    /**
     * Messages of the peer that nobody wanted.
     */
    public long dropped()
    {
        return dropped;
    }

    private String way()
    {
        return channel.path().kind().name();
    }

    private int poll()
    {
        return channel.poll((buffer, offset, length, origin) -> dropped++, EVENTS);
    }

    private int sendSome() throws IOException
    {
        int count = 0;
        while (count < MESSAGES_PER_TURN && source.hasNext())
        {
            final int length = source.length();
            final long position = channel.offer(source.buffer(), source.offset(), length);
            if (position < 0)
            {
                break; // what it says is known or will be told: no room, no way, or the session is over
            }
            acknowledged.onAccepted(position, length);
            source.next();
            count++;
        }
        return count;
    }
}
