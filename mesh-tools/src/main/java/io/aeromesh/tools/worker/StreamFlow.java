package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageOrigin;
import io.aeromesh.SessionReport;
import io.aeromesh.error.MeshException;
import io.aeromesh.tools.evidence.ReceivedLog;
import io.aeromesh.tools.evidence.SentLog;
import org.agrona.DirectBuffer;

/**
 * One end of a channel whose both ends write down what they send and get, so that it can be judged after either died.
 * <p>
 * <b>Threading:</b> the worker's thread.
 */
final class StreamFlow implements Workload, ChannelListener
{
    private static final int POLL_LIMIT = 64;
    private static final int WINDOW_LENGTH = ChannelSpec.WINDOW_LENGTH_DEFAULT;

    private final StreamSpec spec;
    private final StreamSender sender;
    private final StreamReceiver receiver;
    private final Resumes resumes;
    private final MessageHandler handler = this::onMessage;
    private final Channel channel;
    private long noticesSeen;
    private boolean awaitsFirst = true;
    private long sessionsEnded;
    private String lastReport = "";
    private String rejected = "";

    StreamFlow(final MeshNode node, final StreamSpec spec, final Resumes resumes)
    {
        this.spec = spec;
        this.resumes = resumes;
        noticesSeen = resumes.notices();
        final long stream = new StreamId(node.name(), spec.peer(), spec.name()).of(spec.incarnation());
        sender = new StreamSender(node, spec, stream, SentLog.create(spec.sent()), WINDOW_LENGTH);
        receiver = new StreamReceiver(new StreamId(spec.peer(), node.name(), spec.name()),
            ReceivedLog.create(spec.received()), spec.planted());
        channel = node.open(ChannelSpec.to(spec.peer()).named(spec.name()).mode(spec.mode())
            .windowLength(WINDOW_LENGTH).listener(this));
    }

    void go(final long nowNs)
    {
        sender.go(nowNs);
    }

    /**
     * Sends nothing and holds no lease.
     */
    void rest()
    {
        sender.rest();
        receiver.rest();
    }

    @Override
    public int doWork()
    {
        final int received = Math.max(channel.poll(handler, POLL_LIMIT), 0);
        return received + sender.doWork(channel, System.nanoTime());
    }

    @Override
    public void onConnected(final Channel connected)
    {
        awaitsFirst = true;
    }

    @Override
    public void onSessionEnded(final Channel ended, final SessionReport report)
    {
        sender.onSessionEnded(report);
        sessionsEnded++;
        lastReport = report.toString();
    }

    @Override
    public void onRejected(final Channel refused, final MeshException error)
    {
        rejected = error.getMessage();
    }

    @Override
    public void describe(final ObjectNode json)
    {
        json.put("state", channel.state().name()).put("path", channel.path().kind().name())
            .put("path_reason", channel.path().reason()).put("rejected", rejected)
            .put("accepted_position", channel.acceptedPosition())
            .put("acknowledged_position", channel.acknowledgedPosition())
            .put("sessions_ended", sessionsEnded).put("last_report", lastReport);
    }

    @Override
    public void close()
    {
        rest();
        channel.close();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        receiver.onMessage(buffer, offset, length, origin);
        if (noticesSeen != resumes.notices())
        {
            noticesSeen = resumes.notices();
            resumes.onDelivered(spec.name(), spec.peer(), channel.path().kind());
        }
        if (awaitsFirst)
        {
            awaitsFirst = false;
            resumes.onFirst(spec.name(), spec.peer());
        }
    }
}
