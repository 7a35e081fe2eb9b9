package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.SessionReport;
import io.aeromesh.error.MeshException;

/**
 * One end of a channel on which both ends send checked messages at once.
 * <p>
 * <b>Threading:</b> the worker's thread.
 */
final class ChannelFlow implements Workload, ChannelListener
{
    private static final int POLL_LIMIT = 256;

    private final Channel channel;
    private final Sender sender;
    private final Ledger ledger;
    private final GapMeter gap = new GapMeter();
    private final MessageHandler handler;
    private String rejected = "";

    ChannelFlow(
        final MeshNode node, final String peer, final String name, final int windowLength, final int... lengths)
    {
        sender = new Sender(Pattern.streamOf(node.name(), peer, name), windowLength, lengths);
        ledger = new Ledger(Pattern.streamOf(peer, node.name(), name), lengths);
        handler = (buffer, offset, length, origin) -> ledger.onMessage(buffer, offset, length);
        channel = node.open(ChannelSpec.to(peer).named(name).mode(ChannelSpec.Mode.PROXY)
            .windowLength(windowLength).listener(this));
    }

    Sender sender()
    {
        return sender;
    }

    GapMeter gap()
    {
        return gap;
    }

    @Override
    public int doWork()
    {
        final int received = channel.poll(handler, POLL_LIMIT);
        if (received > 0)
        {
            gap.onDelivered(System.nanoTime());
        }
        return Math.max(received, 0) + sender.doWork(channel);
    }

    @Override
    public void onSessionEnded(final Channel ended, final SessionReport report)
    {
        sender.onSessionEnded(report);
    }

    @Override
    public void onRejected(final Channel refused, final MeshException error)
    {
        rejected = error.getMessage();
    }

    @Override
    public void describe(final ObjectNode json)
    {
        json.put("state", channel.state().name()).put("rejected", rejected)
            .put("accepted_position", channel.acceptedPosition())
            .put("acknowledged_position", channel.acknowledgedPosition());
        sender.describe(json);
        ledger.describe(json);
        gap.describe(json);
    }

    @Override
    public void close()
    {
        channel.close();
    }
}
