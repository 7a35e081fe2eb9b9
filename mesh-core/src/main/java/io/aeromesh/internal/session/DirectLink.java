package io.aeromesh.internal.session;

import io.aeromesh.ChannelPath;
import io.aeromesh.internal.direct.DirectParking;
import io.aeromesh.internal.direct.DirectPipe;
import io.aeromesh.spi.SharedMemory.Scope;
import io.aeromesh.spi.SharedRegion;

/**
 * Memory that joins the two ends of one session.
 * <p>
 * <b>Ownership:</b> the agent closes the region, and only after the end's own thread has let go.
 *
 * @param pipe    of this end's thread.
 * @param region  that it lies in.
 * @param arenas  that leases lie in.
 * @param path    for people.
 * @param parking of the two ends' threads.
 */
record DirectLink(
    DirectPipe pipe, SharedRegion region, ArenaSetup arenas, ChannelPath path, DirectParking parking)
{
    static ChannelPath path(final Scope scope, final int length)
    {
        return scope == Scope.PROCESS ?
            new ChannelPath(ChannelPath.Kind.DIRECT_PROCESS,
                "both ends are in one process, sharing " + length + " bytes") :
            new ChannelPath(ChannelPath.Kind.DIRECT_MEMORY, "both ends are on one host, sharing " + length + " bytes");
    }
}
