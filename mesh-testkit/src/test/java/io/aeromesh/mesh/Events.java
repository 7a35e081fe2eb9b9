package io.aeromesh.mesh;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastListener;
import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.SessionReport;
import io.aeromesh.error.MeshException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what a channel's listener is told.
 */
final class Events implements ChannelListener, BroadcastListener
{
    int connected;
    final List<SessionReport> ended = new ArrayList<>();
    final List<MeshException> rejections = new ArrayList<>();
    final List<String> joined = new ArrayList<>();

    SessionReport lastEnd()
    {
        return ended.get(ended.size() - 1);
    }

    @Override
    public void onConnected(final Channel channel)
    {
        connected++;
    }

    @Override
    public void onSessionEnded(final Channel channel, final SessionReport report)
    {
        ended.add(report);
    }

    @Override
    public void onRejected(final Channel channel, final MeshException error)
    {
        rejections.add(error);
    }

    @Override
    public void onMemberJoined(final BroadcastChannel channel, final String member)
    {
        joined.add(member);
    }

    @Override
    public void onMemberLeft(final BroadcastChannel channel, final SessionReport report)
    {
        ended.add(report);
    }

    @Override
    public void onRejected(final BroadcastChannel channel, final MeshException error)
    {
        rejections.add(error);
    }
}
