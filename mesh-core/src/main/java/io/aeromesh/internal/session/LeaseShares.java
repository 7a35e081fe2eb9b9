package io.aeromesh.internal.session;

import io.aeromesh.Lease;
import io.aeromesh.internal.lease.ArenaAddress;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;

/**
 * Gives a broadcast lease to the members that can have the block itself, each a share of it, and says whether there are
 * others, who need its bytes.
 * <p>
 * <b>Whom it is for.</b> The channel's thread says that it shares, then looks who is owed what it sends; the agent lets
 * a member in, then looks whether the thread is sharing, and if so takes it out again until it is asked once more.
 * Volatile accesses have one order, so one of them sees the other, and nobody is owed a lease that was not counted.
 * <p>
 * <b>Threading:</b> the channel's thread. <b>Allocation:</b> none.
 */
final class LeaseShares
{
    /**
     * A member, as one that leases are shared with.
     *
     * @param lease  its instance.
     * @param arenas that makes it attach; or null where no memory is shared.
     */
    record Peer(LeasePeer lease, ArenaSetup arenas)
    {
    }

    private final GroupGate gate;
    private final boolean isRetaining;
    private final long[] attached = new long[2 * NodeLeases.PEERS_MAX];
    private int attachedCount;
    private boolean hasOthers;

    /**
     * @param isRetaining whether some may join later that are sent this too.
     */
    LeaseShares(final GroupGate gate, final boolean isRetaining)
    {
        this.gate = gate;
        this.isRetaining = isRetaining;
    }

    /**
     * Sends a lease by handle, as far as that can be.
     *
     * @return as {@link SendStream#share}.
     */
    long transfer(final Lease lease, final NodeLeases leases, final SendStream stream)
    {
        if (!leases.isForwardable(lease))
        {
            return NodeLeases.NOT_ATTACHED;
        }
        gate.isSharing = true;
        try
        {
            look(lease, leases);
            return attachedCount == 0 ? NodeLeases.NOT_ATTACHED :
                stream.share(lease, leases, attached, attachedCount, hasOthers);
        }
        finally
        {
            gate.isSharing = false;
        }
    }

    private void look(final Lease lease, final NodeLeases leases)
    {
        attachedCount = 0;
        hasOthers = isRetaining;
        final ArenaAddress address = leases.addressOf(lease);
        for (final Peer peer : gate.peers)
        {
            final long high = peer.lease.instanceHigh();
            final long low = peer.lease.instanceLow();
            if (attachedCount < NodeLeases.PEERS_MAX && peer.arenas != null && peer.arenas.isWatched() &&
                leases.isAttached(lease, high, low))
            {
                attached[2 * attachedCount] = high;
                attached[2 * attachedCount + 1] = low;
                attachedCount++;
            }
            else
            {
                hasOthers = true;
                if (peer.arenas != null)
                {
                    peer.arenas.ask(address); // this one is copied to it, and it does not hold the others up
                }
            }
        }
    }

    /**
     * Whether the last lease went to some as its bytes.
     */
    boolean hasOthers()
    {
        return hasOthers;
    }
}
