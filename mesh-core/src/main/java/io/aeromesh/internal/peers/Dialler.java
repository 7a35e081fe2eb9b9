package io.aeromesh.internal.peers;

import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.JoinableMedium;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Chooses whom to dial, whom to give up, and whom to leave.
 * <ul>
 * <li>Without a neighbour: several at once of those that were neighbours last, again and again.</li>
 * <li>With too few: the one with the lowest measured round trip, or, one time in four and where none is measured, any;
 * of those only that have a route, as they are known to live.</li>
 * <li>With enough: now and then one without a route, as it may be in another part of a mesh that fell apart.</li>
 * <li>A neighbour that has more than twice as many as it wants is left by who dialled it, once that has one more than
 * enough, and with a chance by which all of its neighbours together leave about as often as it has too many.</li>
 * </ul>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while all is well. <b>Owns:</b> nothing; table and links
 * belong to the keeper.
 */
final class Dialler
{
    private static final int TRIES_ALONE_MAX = 8;
    private static final int TRIES_MAX = 2;
    /** For an edge to come up, in nanoseconds. */
    private static final long TRY_NS = TimeUnit.SECONDS.toNanos(2);
    /** The same where others wait to be tried and there is no neighbour at all. */
    private static final long TRY_ALONE_NS = TimeUnit.MILLISECONDS.toNanos(750);
    private static final long REST_NS_MIN = TimeUnit.SECONDS.toNanos(1);
    private static final int REST_DOUBLINGS_MAX = 8;
    /** Who is alone takes more time after each attempt in vain: what is too slow gets no faster by more of them. */
    private static final int ALONE_DOUBLINGS_MAX = 3;
    private static final long REUNITE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int FAR_AMONG = 4;
    /** Between two looks while something is to be done, and while nothing is, in nanoseconds. */
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_QUIET_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final int active;
    private final MeshOs os;
    private final PeerTable table;
    private final List<PlaceLink> links;
    private final Predicate<KnownPeer> isRouted;
    private JoinableMedium place;
    private long nowNs;
    private long nextLookNs;
    private long nextReuniteNs;
    private boolean isLookDue;

    /**
     * @param active   neighbours that are wanted.
     * @param links    to neighbours at the place.
     * @param isRouted whether there is a route to a node.
     */
    Dialler(
        final int active,
        final MeshOs os,
        final PeerTable table,
        final List<PlaceLink> links,
        final Predicate<KnownPeer> isRouted)
    {
        this.active = active;
        this.os = os;
        this.table = table;
        this.links = links;
        this.isRouted = isRouted;
    }

    /**
     * Begins at a place, which dials those of its configuration already; null: ends.
     */
    void open(final JoinableMedium newPlace)
    {
        place = newPlace;
        isLookDue = true;
    }

    /**
     * Something has changed: looks in this cycle.
     */
    void look()
    {
        isLookDue = true;
    }

    int doWork(final long newNowNs)
    {
        nowNs = newNowNs;
        if (!isLookDue && nowNs - nextLookNs < 0)
        {
            return 0;
        }
        isLookDue = false;
        final boolean isAlone = links.isEmpty();
        final int tries = endTries(isAlone);
        final int wanted = wanted();
        int begun = 0;
        if (wanted > 0)
        {
            final int triesMax = isAlone ? TRIES_ALONE_MAX : Math.min(TRIES_MAX, wanted);
            while (tries + begun < triesMax && dial(isAlone ? next() : choose()))
            {
                begun++;
            }
            nextReuniteNs = nowNs + REUNITE_NS;
        }
        else
        {
            leaveTheCrowded();
            if (nowNs - nextReuniteNs >= 0)
            {
                nextReuniteNs = nowNs + REUNITE_NS + below(REUNITE_NS);
                begun += tries == 0 && dial(anyWithoutRoute()) ? 1 : 0;
            }
        }
        nextLookNs = nowNs + (wanted > 0 || tries + begun > 0 ? LOOK_NS : LOOK_QUIET_NS);
        return begun;
    }

    /**
     * Gives up what was tried for long.
     *
     * @return number of those that are still tried.
     */
    private int endTries(final boolean isAlone)
    {
        int tries = 0;
        final List<KnownPeer> all = table.all();
        for (int i = 0; i < all.size(); i++)
        {
            final KnownPeer peer = all.get(i);
            if (peer.isTrying())
            {
                final long triedNs = nowNs - peer.triedNs();
                if (isAlone ? triedNs > alone(TRY_ALONE_NS, peer) && next() != null : triedNs > TRY_NS)
                {
                    place.hangUp(peer.address());
                    final int doublings = Math.min(REST_DOUBLINGS_MAX, peer.failures());
                    final long restNs = REST_NS_MIN << doublings;
                    peer.failed(nowNs, nowNs + restNs + below(restNs));
                }
                else
                {
                    tries++;
                }
            }
        }
        return tries;
    }

    /**
     * How many more neighbours to look for: one beyond those that are wanted where that is to take the place of one.
     */
    private int wanted()
    {
        if (links.size() != active)
        {
            return Math.max(0, active - links.size());
        }
        for (int i = 0; i < links.size(); i++)
        {
            if (isToBeLeft(links.get(i)))
            {
                return 1;
            }
        }
        return 0;
    }

    private boolean isToBeLeft(final PlaceLink link)
    {
        return link.excess() > 0 && place.dialled().contains(link.address());
    }

    private void leaveTheCrowded()
    {
        for (int i = 0; i < links.size() && links.size() > active; i++)
        {
            final PlaceLink link = links.get(i);
            if (link.takeLeaveDue() && isToBeLeft(link) && below(link.edges()) < link.excess())
            {
                final KnownPeer peer = table.find(link.address());
                if (peer != null)
                {
                    peer.restAfter(nowNs, nowNs + (REST_NS_MIN << REST_DOUBLINGS_MAX));
                }
                place.hangUp(link.address());
                return; // the next one with the next look: one is fewer now
            }
        }
    }

    private boolean dial(final KnownPeer peer)
    {
        if (peer == null)
        {
            return false;
        }
        peer.trying(nowNs);
        place.dial(peer.address());
        return true;
    }

    /**
     * For who is alone: that which failed least often, and of those the one that was a neighbour last.
     */
    private KnownPeer next()
    {
        KnownPeer best = null;
        for (final KnownPeer peer : table.all())
        {
            if (isFree(peer) && peer.hasRestedFor(nowNs, alone(REST_NS_MIN, peer)) && (best == null ||
                peer.failures() < best.failures() ||
                peer.failures() == best.failures() && peer.seenMs() > best.seenMs()))
            {
                best = peer;
            }
        }
        return best;
    }

    private static long alone(final long timeNs, final KnownPeer peer)
    {
        return timeNs << Math.min(ALONE_DOUBLINGS_MAX, peer.failures());
    }

    private KnownPeer choose()
    {
        KnownPeer best = null;
        if (below(FAR_AMONG) > 0)
        {
            for (final KnownPeer peer : table.all())
            {
                if (isChoice(peer) && peer.roundTripNs() >= 0 &&
                    (best == null || peer.roundTripNs() < best.roundTripNs()))
                {
                    best = peer;
                }
            }
        }
        return best != null ? best : any(this::isChoice);
    }

    /**
     * Alive by its route; or nobody knows yet who it is.
     */
    private boolean isChoice(final KnownPeer peer)
    {
        return isFree(peer) && peer.hasRested(nowNs) && (peer.name().isEmpty() || isRouted.test(peer));
    }

    private KnownPeer anyWithoutRoute()
    {
        return any(peer -> isFree(peer) && peer.hasRested(nowNs) && !isRouted.test(peer));
    }

    private KnownPeer any(final Predicate<KnownPeer> which)
    {
        int count = 0;
        KnownPeer chosen = null;
        for (final KnownPeer peer : table.all())
        {
            if (which.test(peer))
            {
                count++;
                chosen = below(count) == 0 ? peer : chosen;
            }
        }
        return chosen;
    }

    private boolean isFree(final KnownPeer peer)
    {
        return !peer.isTrying() && !peer.isJoined() && !isNeighbour(peer);
    }

    private boolean isNeighbour(final KnownPeer peer)
    {
        for (int i = 0; i < links.size(); i++)
        {
            if (links.get(i).link().peerId() == peer.id())
            {
                return true;
            }
        }
        return false;
    }

    private long below(final long bound)
    {
        return Math.floorMod(os.nextRandom(), bound);
    }
}
