package io.aeromesh.tools.stream;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageOrigin;
import io.aeromesh.RequestListener;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.error.Reason;
import io.aeromesh.tools.process.Stopper;
import io.aeromesh.tools.stream.StreamReport.End;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Writes what nodes send along channels of one name, one node's stream after the other. A node that comes while another
 * one's stream is written waits, held back by its window.
 * <p>
 * <b>Threading:</b> the thread that made it, which is that of its channels. <b>Ownership:</b> the channels; not node
 * and output. <b>Allocation:</b> none for a message.
 */
public final class Receiver implements AutoCloseable, ChannelListener
{
    private static final int MESSAGES_PER_TURN = 1024;
    /** Nodes that have a channel here at a time; more wait to be accepted. */
    private static final int CHANNELS_MAX = 16;

    private final MeshNode node;
    private final String onlyFrom;
    private final Kept kept;
    private final Supplier<String> source = this::source;
    private final Stopper stopper;
    private final Meter meter;
    private final Output output;
    private final RequestListener listener;
    private final Deque<ChannelRequest> requests = new ArrayDeque<>();
    private final List<Channel> waiting = new ArrayList<>();
    private final BackoffIdleStrategy idle = new BackoffIdleStrategy();
    private Channel current;
    private long waitingSinceNs = System.nanoTime();
    private SessionReport ended;
    private long bytes;
    private long messages;
    private IOException failure;

    /**
     * What becomes of those who come second.
     */
    public enum Kept
    {
        /** They are left alone, as this ends with the first. */
        CLOSED,
        /** They have a channel, and wait for their turn. */
        OPEN
    }

    /**
     * Begins to listen.
     *
     * @param node        that receives.
     * @param channelName that others open.
     * @param onlyFrom    the only node that is listened to; empty: any.
     * @param kept        whether nodes are accepted that come while one sends.
     * @param format      of the output.
     * @param output      to write to.
     * @param stopper     that says when to end.
     * @param err         for progress.
     * @param isProgress  whether that is wanted.
     */
    public Receiver(
        final MeshNode node,
        final String channelName,
        final String onlyFrom,
        final Kept kept,
        final Format format,
        final WritableByteChannel output,
        final Stopper stopper,
        final PrintWriter err,
        final boolean isProgress)
    {
        this.node = node;
        this.onlyFrom = onlyFrom;
        this.kept = kept;
        this.stopper = stopper;
        meter = new Meter(err, isProgress);
        this.output = new Output(output, format);
        listener = node.listen(channelName);
    }

    @Override
    public void onSessionEnded(final Channel closed, final SessionReport report)
    {
        ended = report;
    }

    /**
     * Waits for a node that sends.
     *
     * @param bound longest wait since this began to listen or the last stream ended; zero: none.
     * @return whether one has come, or the user wants no more.
     */
    public boolean awaitSender(final Duration bound)
    {
        while (!stopper.isAsked())
        {
            Running.require(node);
            final int work = accept();
            current = firstConnected();
            if (current != null)
            {
                waiting.remove(current);
                break;
            }
            if (!bound.isZero() && System.nanoTime() - waitingSinceNs > bound.toNanos())
            {
                return false;
            }
            idle.idle(work);
        }
        ended = null;
        bytes = 0;
        messages = 0;
        meter.start();
        return true;
    }

    /**
     * Opens channels to those who ask. Not to one that has one here: what it had sent is read first.
     */
    private int accept()
    {
        int work = listener.poll(requests::add);
        for (int i = requests.size(); i > 0; i--)
        {
            final ChannelRequest request = requests.poll();
            final boolean isWanted = onlyFrom.isEmpty() || onlyFrom.equals(request.source());
            if (isWanted && (isOpenTo(request.source()) || !hasRoom()))
            {
                requests.add(request);
            }
            else if (isWanted)
            {
                waiting.add(node.open(request.spec().windowLength(ChannelSpec.WINDOW_LENGTH_MIN).listener(this)));
                work++;
            }
        }
        return work;
    }

    private boolean isOpenTo(final String peer)
    {
        return current != null && current.peer().equals(peer) ||
            waiting.stream().anyMatch(channel -> channel.peer().equals(peer));
    }

    /**
     * Makes room where there is none by closing one that has not connected: most likely it has given up, and if not it
     * asks again.
     */
    private boolean hasRoom()
    {
        for (int i = 0; waiting.size() >= CHANNELS_MAX && i < waiting.size(); i++)
        {
            if (waiting.get(i).state() == ChannelState.CONNECTING)
            {
                waiting.remove(i).close();
            }
        }
        return waiting.size() < CHANNELS_MAX;
    }

    private Channel firstConnected()
    {
        for (final Channel channel : waiting)
        {
            if (channel.state() != ChannelState.CONNECTING)
            {
                return channel;
            }
        }
        return null;
    }

    /**
     * Writes what the node sends until its session ends or the user wants no more.
     *
     * @return what became of the stream, or null when nobody has come, or one that has gone and had sent nothing.
     * @throws IOException when the output takes no more; the sender is told what was handed to it, which may be a
     *                     buffer more than was written.
     */
    public StreamReport run() throws IOException
    {
        if (current == null)
        {
            return null;
        }
        while (ended == null && !stopper.isAsked())
        {
            Running.require(node);
            final int accepted = kept == Kept.OPEN ? accept() : 0;
            final int count = current.controlledPoll(this::onMessage, MESSAGES_PER_TURN);
            if (failure == null && count > 0)
            {
                flush();
            }
            if (failure != null)
            {
                final long lost = bytes - output.written();
                throw new IOException("can not write the output, after " + output.written() + " bytes" +
                    (lost > 0 ? " (and " + lost + " more that the sender may take for written)" : "") + ": " +
                    Reason.of(failure), failure);
            }
            meter.tick(bytes, source);
            idle.idle(count + accepted);
        }
        final double seconds = meter.stop();
        current.close();
        final EndReason reason = ended == null ? null : ended.reason();
        waitingSinceNs = System.nanoTime();
        if (messages == 0 && isGone(reason))
        {
            current = null;
            return null;
        }
        final End end = ended == null ? End.STOPPED : reason == EndReason.CLOSED_BY_PEER ? End.COMPLETE : End.BROKEN;
        final StreamReport report = new StreamReport(false, current.peer(), current.name(), end, reason, bytes,
            messages, bytes, messages, Outcome.UNKNOWN, seconds);
        current = null;
        return report;
    }

    /**
     * Who gives up while it waits to be connected leaves a request, and is met when it is dead. Not who has closed in
     * good order: that was an empty stream.
     */
    private static boolean isGone(final EndReason reason)
    {
        return reason == EndReason.PEER_DIED || reason == EndReason.PEER_RESTARTED ||
            reason == EndReason.RESET_BY_PEER || reason == EndReason.REPLACED_BY_PEER;
    }

    private void flush()
    {
        try
        {
            output.flush();
        }
        catch (final IOException ex)
        {
            failure = ex;
        }
    }

    private String source()
    {
        return "from " + current.peer();
    }

    private Action onMessage(
        final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        try
        {
            output.write(buffer, offset, length);
        }
        catch (final IOException ex)
        {
            failure = ex;
            return Action.ABORT;
        }
        bytes += length;
        messages++;
        return Action.CONTINUE;
    }

    /**
     * Closes all channels: who sends is told what was not consumed.
     */
    @Override
    public void close()
    {
        listener.close();
        if (current != null)
        {
            current.close();
        }
        waiting.forEach(Channel::close);
    }
}
