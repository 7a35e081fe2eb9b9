package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.StatusConfig;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.status.NodeStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whom a broadcast lease is owed is settled by who looks first: the thread that shares it, or the agent that lets a
 * member in.
 */
class GroupAdmissionTest
{
    private final NodeLeases leases =
        new NodeLeases("a", 1, 1, LeaseConfig.DEFAULT, new PrivateMemory(), MeshOs.system());
    private final BroadcastSender sender = (streamId, stream, position, length) ->
    {};
    private final Sessions sessions =
        new Sessions(NodeSelf.of("a", 1, 1, 1, MeshConfig.DEFAULT), NodeLimits.DEFAULT, MeshOs.system(), 8,
            new ControlSender(1, 8), sender, status(), List.of(), leases, HostPresence.NONE, null, error ->
            {});
    private final GroupChannel channel = new GroupChannel(BroadcastSpec.named("news"), leases, Parking.NONE);
    private final GroupEnd end = new GroupEnd(channel, 7, sessions, sender);
    private final Session session = end.member(new Destination(2, "b")).session;

    private static NodeStatus status()
    {
        return new NodeStatus(new NodeStatus.Subject("a", "default", 1, 1), StatusConfig.DEFAULT,
            StatusMemory.onHeap(NodeStatus.length(StatusConfig.DEFAULT)), MeshOs.system());
    }

    @Test
    void shouldShowAMemberBeforeItIsOwedAnything()
    {
        assertEquals(0, channel.gate().peers.length);
        assertTrue(end.admits(session));
        assertEquals(1, channel.gate().peers.length);
        assertEquals(session.leasePeer(), channel.gate().peers[0].lease());
    }

    @Test
    void shouldLetNobodyInWhileALeaseIsBeingShared()
    {
        channel.gate().isSharing = true;
        assertFalse(end.admits(session));
        assertEquals(0, channel.gate().peers.length);
        channel.gate().isSharing = false;
        assertTrue(end.admits(session));
    }
}
