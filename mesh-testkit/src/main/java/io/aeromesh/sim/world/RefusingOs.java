package io.aeromesh.sim.world;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine that has no files and sockets at times: names are not to be had, nor what a node tells, nor watches.
 */
final class RefusingOs extends ForwardingOs
{
    private final Shortage shortage;

    RefusingOs(final MeshOs inner, final Shortage shortage)
    {
        super(inner);
        this.shortage = shortage;
    }

    @Override
    public HostPresence claimName(
        final Path baseDirectory,
        final String meshName,
        final String nodeName,
        final long instanceHigh,
        final long instanceLow)
    {
        if (shortage.hitsFiles())
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "simulated: there is no file for a name");
        }
        return new Presence(super.claimName(baseDirectory, meshName, nodeName, instanceHigh, instanceLow));
    }

    private record Peer(String name, long instanceHigh, long instanceLow)
    {
    }

    private final class Presence implements HostPresence
    {
        private final HostPresence inner;
        private final List<Peer> unwatched = new ArrayList<>();

        Presence(final HostPresence inner)
        {
            this.inner = inner;
        }

        @Override
        public void watch(final String peerName, final long instanceHigh, final long instanceLow)
        {
            if (shortage.hitsFiles())
            {
                unwatched.add(new Peer(peerName, instanceHigh, instanceLow));
            }
            else
            {
                inner.watch(peerName, instanceHigh, instanceLow);
            }
        }

        @Override
        public boolean isAlive(final long nodeId)
        {
            return shortage.hitsFiles() || inner.isAlive(nodeId);
        }

        @Override
        public StatusMemory openStatus(final int length)
        {
            if (shortage.hitsFiles())
            {
                throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, "simulated: there is no file for the status");
            }
            return inner.openStatus(length);
        }

        @Override
        public int doWork(final long nowNs, final DeathListener listener)
        {
            final List<Peer> lost = List.copyOf(unwatched);
            unwatched.clear();
            lost.forEach(peer -> listener.onWatchLost(peer.name, peer.instanceHigh, peer.instanceLow));
            return lost.size() + inner.doWork(nowNs, listener);
        }

        @Override
        public void close()
        {
            inner.close();
        }
    }
}
