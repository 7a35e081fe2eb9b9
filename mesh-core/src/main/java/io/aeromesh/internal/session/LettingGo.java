package io.aeromesh.internal.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Closed ends whose shared memory waits for their own threads to let go of it. Memory of an end whose thread never
 * calls again stays mapped until the process ends, rather than be taken from under a thread that uses it. Agent thread.
 */
final class LettingGo
{
    /** A closed end, and the instance that it was joined with last. */
    private record Waiting(PeerChannel channel, long peerHigh, long peerLow)
    {
    }

    private final List<Waiting> channels = new ArrayList<>();

    void add(final PeerChannel channel, final long peerHigh, final long peerLow)
    {
        final HandleWay handles = channel.gate().handles();
        if (channel.gate().direct() != null || handles != null && handles.isUsed())
        {
            channels.add(new Waiting(channel, peerHigh, peerLow));
        }
    }

    /**
     * Frees what is let go.
     *
     * @param closer thread that closes the node, and so is within no call of a channel but for a handler; or null.
     */
    int doWork(final Thread closer)
    {
        int work = 0;
        for (int i = channels.size() - 1; i >= 0; i--)
        {
            final PeerChannel channel = channels.get(i).channel;
            if (channel.isLetGo(closer))
            {
                channel.onTakenAway();
                free(channel);
                channels.remove(i);
                work++;
            }
        }
        return work;
    }

    /**
     * Ends still waiting, each with its mapping.
     */
    List<PeerChannel> waiting()
    {
        return channels.stream().map(Waiting::channel).toList();
    }

    /**
     * Whether the thread of an end may still read what that instance has sent.
     */
    boolean isJoinedWith(final long peerHigh, final long peerLow)
    {
        return channels.stream().anyMatch(waiting -> waiting.peerHigh == peerHigh && waiting.peerLow == peerLow);
    }

    static void free(final PeerChannel channel)
    {
        final HandleWay handles = channel.gate().handles();
        if (handles != null)
        {
            channel.gate().handles(null);
            handles.takeBack();
        }
        final DirectLink link = channel.gate().direct();
        if (link != null)
        {
            link.pipe().end();
            channel.onUnmapping(link);
            channel.gate().direct(null);
            link.region().close();
        }
    }
}
