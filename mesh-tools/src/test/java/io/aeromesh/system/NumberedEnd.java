package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.SessionReport;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One end of a channel, through which numbered messages go, from the first with each session.
 */
final class NumberedEnd implements ChannelListener
{
    private static final int LIMIT = 16;

    final Channel channel;
    final NumberedMessages checker = new NumberedMessages();
    final List<SessionReport> reports = new ArrayList<>();
    long next;
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[NumberedMessages.LENGTH_MAX]);

    NumberedEnd(final MeshNode node, final ChannelSpec spec)
    {
        channel = node.open(spec.listener(this));
    }

    @Override
    public void onSessionEnded(final Channel ended, final SessionReport report)
    {
        reports.add(report);
        checker.restart();
        next = 0;
    }

    void talk()
    {
        receive();
        if (channel.offer(out, 0, NumberedMessages.write(out, next)) > 0)
        {
            next++;
        }
    }

    void receive()
    {
        channel.poll(checker, LIMIT);
    }
}
