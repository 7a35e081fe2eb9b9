package io.aeromesh.internal.session;

import io.aeromesh.internal.link.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The direct streams to other nodes as they come up and go down, and those that no session uses any more: they end once
 * nothing has to be said along them.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
final class PeerStreams
{
    private final Destinations destinations;
    private final ClosingSessions closing;
    private final Replies replies;
    private final StreamJoiner joiner;
    private final Consumer<Destination> onLeft;
    /** Whose stream no session uses. At most one entry for each node. */
    private final List<Destination> leaving = new ArrayList<>();

    /**
     * @param onLeft told of a node whose stream has ended for good.
     */
    PeerStreams(
        final Destinations destinations,
        final ClosingSessions closing,
        final Replies replies,
        final StreamJoiner joiner,
        final Consumer<Destination> onLeft)
    {
        this.destinations = destinations;
        this.closing = closing;
        this.replies = replies;
        this.joiner = joiner;
        this.onLeft = onLeft;
    }

    void onUp(final long peerId, final Link link)
    {
        final Destination destination = destinations.get(peerId);
        if (destination != null)
        {
            destination.stream().link(link);
            onChanged(destination, false);
        }
    }

    void onDown(final long peerId)
    {
        final Destination destination = destinations.get(peerId);
        if (destination != null && destination.stream().link() != null)
        {
            destination.stream().link(null);
            onChanged(destination, true);
            if (!destination.isKnown())
            {
                closing.onPeerGone(destination);
            }
        }
    }

    void onPlaceChanged()
    {
        for (final Destination destination : destinations.all())
        {
            destination.stream().onPlaceChanged();
            destination.sessions().forEach(Session::onPlaceChanged);
        }
    }

    private void onChanged(final Destination destination, final boolean isLoss)
    {
        destination.sessions().forEach(session -> session.onStream(isLoss));
        if (destination.isKnown())
        {
            closing.onPathChanged(destination);
        }
    }

    /**
     * No session uses the stream to a node now.
     */
    void onUnused(final Destination peer)
    {
        if (!leaving.contains(peer))
        {
            leaving.add(peer);
        }
    }

    int doWork()
    {
        int work = 0;
        for (int i = leaving.size() - 1; i >= 0; i--)
        {
            final Destination peer = leaving.get(i);
            if (!peer.stream().isUnused())
            {
                leaving.remove(i);
            }
            else if (!closing.owes(peer) && !replies.owes(peer))
            {
                leaving.remove(i);
                peer.stream().leave(joiner);
                onLeft.accept(peer);
                work++;
            }
        }
        return work;
    }
}
