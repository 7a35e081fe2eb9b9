package io.aeromesh.internal.session;

import io.aeromesh.ChannelSpec;
import io.aeromesh.internal.direct.DirectParking;
import io.aeromesh.internal.direct.DirectPipe;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.os.Parking;
import io.aeromesh.spi.SharedMemory.Scope;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An end that is joined directly and connected, which nobody has used yet.
 */
class JoinedEnd
{
    private static final int WINDOW = 4096;
    /** No leases go this way. */
    private static final LeasePeer NOBODY = new LeasePeer(null, 0, 0);

    final PeerChannel channel = new PeerChannel(
        ChannelSpec.to("peer").named("stress").windowLength(WINDOW), null, Parking.NONE);
    final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    final DirectPipe own;
    final DirectPipe peer;

    JoinedEnd()
    {
        final UnsafeBuffer memory = new UnsafeBuffer(new byte[DirectPipe.regionLength(WINDOW, WINDOW)]);
        own = DirectPipe.of(memory, DirectPipe.Role.CREATOR, WINDOW, WINDOW, "peer", NOBODY);
        peer = DirectPipe.of(memory, DirectPipe.Role.ATTACHER, WINDOW, WINDOW, "self", NOBODY);
        channel.gate().direct(new DirectLink(own, null, null, DirectLink.path(Scope.HOST, memory.capacity()),
            new DirectParking(memory, DirectPipe.Role.CREATOR, own.writer(), null)));
        channel.gate().publish(ChannelGate.CONNECTED);
    }
}
