package io.aeromesh.sim;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.HostPresence;
import io.aeromesh.protocol.NodeIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kernel of one simulated host: it knows which nodes live there, and tells those who watch one that it has died.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public final class SimHost
{
    private final Map<String, Presence> living = new HashMap<>();
    private final Set<Watched> known = new HashSet<>();
    private long deaths;

    /**
     * A host without nodes.
     */
    public SimHost()
    {
    }

    HostPresence claim(final String name, final long instanceHigh, final long instanceLow)
    {
        if (living.containsKey(name))
        {
            throw new MeshException(ErrorCode.NAME_TAKEN, "node '" + name + "' lives on this host");
        }
        final Presence presence = new Presence(name, instanceHigh, instanceLow);
        living.put(name, presence);
        known.add(presence.self);
        return presence;
    }

    /**
     * A node is dead, and its watchers are told when they next look.
     */
    void died(final String name)
    {
        final Presence dead = living.get(name);
        if (dead != null)
        {
            dead.close();
        }
    }

    private boolean isLiving(final Watched node)
    {
        final Presence there = living.get(node.name);
        return there != null && there.self.equals(node);
    }

    private record Watched(String name, long instanceHigh, long instanceLow)
    {
    }

    private final class Presence implements HostPresence
    {
        private final Watched self;
        private final List<Watched> watched = new ArrayList<>();
        private long seenDeaths;
        private int seenWatched;

        Presence(final String name, final long instanceHigh, final long instanceLow)
        {
            self = new Watched(name, instanceHigh, instanceLow);
        }

        @Override
        public void watch(final String peerName, final long instanceHigh, final long instanceLow)
        {
            final Watched peer = new Watched(peerName, instanceHigh, instanceLow);
            if (!watched.contains(peer))
            {
                watched.add(peer);
            }
        }

        @Override
        public boolean isAlive(final long nodeId)
        {
            return living.keySet().stream().anyMatch(name -> NodeIds.idOf(name) == nodeId);
        }

        @Override
        public int doWork(final long nowNs, final DeathListener listener)
        {
            if (seenDeaths == deaths && seenWatched == watched.size())
            {
                return 0;
            }
            seenDeaths = deaths;
            int work = 0;
            for (int i = watched.size() - 1; i >= 0; i--)
            {
                final Watched peer = watched.get(i);
                if (!known.contains(peer))
                {
                    watched.remove(i);
                    listener.onWatchLost(peer.name, peer.instanceHigh, peer.instanceLow);
                    work++;
                }
                else if (!isLiving(peer))
                {
                    watched.remove(i);
                    listener.onProcessEnded(peer.name, peer.instanceHigh, peer.instanceLow);
                    work++;
                }
            }
            seenWatched = watched.size();
            return work;
        }

        @Override
        public void close()
        {
            deaths += living.remove(self.name, this) ? 1 : 0;
        }
    }
}
