package io.aeromesh.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.StatusConfig;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.internal.routing.Neighbour;
import io.aeromesh.internal.routing.NodeIdentity;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.internal.routing.RouteChange;
import io.aeromesh.internal.routing.RouteListener;
import io.aeromesh.internal.routing.RoutingConfig;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.routing.Withdrawal;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.OpenEncoder;
import io.aeromesh.status.NodeStatus;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Node b was restarted with its clock set back. Node c, which was parted, still knows a way to the former instance,
 * which seems newer when c is met again.
 */
class FormerInstanceTest
{
    private static final long CLOCK = 2_000_000;
    private static final int TEMPLATE_ID_OFFSET = 2;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final NodeLeases leases =
        new NodeLeases("a", 1, 1, LeaseConfig.DEFAULT, new PrivateMemory(), MeshOs.system());
    private final BroadcastSender sender = (streamId, stream, position, length) ->
    {};
    private final Sessions sessions =
        new Sessions(NodeSelf.of("a", 1, 1, 1, MeshConfig.DEFAULT), NodeLimits.DEFAULT, MeshOs.system(), 8,
            new ControlSender(1, 8), sender, status(), List.of(), leases, HostPresence.NONE, null, error ->
            {});
    private final GroupChannel channel = new GroupChannel(BroadcastSpec.named("news"), leases, Parking.NONE);
    private final RoutingTable a = table("a", 1, CLOCK, new ToSessions());
    private final RoutingTable former = table("b", 2, CLOCK, new ToNobody());
    private final RoutingTable living = table("b", 3, CLOCK - 1_000_000, new ToNobody());
    private final RoutingTable c = table("c", 4, CLOCK, new ToNobody());

    @Test
    void shouldGoOnWithTheLivingInstanceWhenTheFormerOneSeemsNewer()
    {
        tell(former, c, c.addNeighbour(id("b"), 2, 2, 1, 11, null));
        final Neighbour dead = a.addNeighbour(id("b"), 2, 2, 10, 12, null);
        tell(former, a, dead);
        a.removeNeighbour(dead); // before anybody was told, so that no distance is remembered
        tell(living, a, a.addNeighbour(id("b"), 3, 3, 10, 13, null));
        sessions.open(channel);
        sessions.onOpen(id("b"), open(3), "news", "b", ControlDispatcher.Addressee.SELF);
        assertEquals(1, channel.gate().peers.length, "b is owed what is sent");

        tell(c, a, a.addNeighbour(id("c"), 4, 4, 1, 14, null));
        assertEquals(2, a.route(id("b")).instanceHigh());

        assertEquals(1, channel.gate().peers.length, "b is still owed it");
    }

    private static NodeStatus status()
    {
        return new NodeStatus(new NodeStatus.Subject("a", "mesh", 1, 1), StatusConfig.DEFAULT,
            StatusMemory.onHeap(NodeStatus.length(StatusConfig.DEFAULT)), MeshOs.system());
    }

    private static RoutingTable table(
        final String name, final long instance, final long incarnation, final RouteListener listener)
    {
        return new RoutingTable(
            RoutingConfig.defaults(), new NodeIdentity(id(name), name, instance, instance, incarnation), listener);
    }

    private static long id(final String name)
    {
        return NodeIds.idOf(name);
    }

    private void tell(final RoutingTable from, final RoutingTable to, final Neighbour at)
    {
        final Neighbour there = from.addNeighbour(
            to.self().nodeId(), to.self().instanceHigh(), to.self().instanceLow(), 1, 1, null);
        final int length = from.flush(there, buffer, 0, buffer.capacity());
        to.onPacket(at, buffer, 0, length, buffer.getShort(TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN));
    }

    private OpenDecoder open(final long instance)
    {
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        open.endId(77).peerEndId(0).instance().high(instance).low(instance);
        open.openSequence(1).schemaFingerprint(0).startPosition(0).windowLength(4096).streamId(78)
            .kind(ChannelKind.BROADCAST).wantsRetained((short)0).channelName("news").sourceName("b");
        return new OpenDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** As the node does it. */
    private final class ToSessions extends ToNobody
    {
        @Override
        public void onRouteAdded(final Route route)
        {
            sessions.onRoute(route);
        }

        @Override
        public void onRouteChanged(final Route route, final RouteChange change)
        {
            sessions.onRoute(route);
        }

        @Override
        public void onInstanceChanged(final Route route, final long oldInstanceHigh, final long oldInstanceLow)
        {
            sessions.onInstanceChanged(route);
        }

        @Override
        public void onRouteRemoved(final Route route)
        {
            sessions.onRouteRemoved(route);
        }
    }

    private static class ToNobody implements RouteListener
    {
        @Override
        public void onRouteAdded(final Route route)
        {
            // nobody wants to know
        }

        @Override
        public void onRouteChanged(final Route route, final RouteChange change)
        {
            // nobody wants to know
        }

        @Override
        public void onRouteLost(final Route route)
        {
            // nobody wants to know
        }

        @Override
        public void onInstanceChanged(final Route route, final long oldInstanceHigh, final long oldInstanceLow)
        {
            // nobody wants to know
        }

        @Override
        public void onRouteRemoved(final Route route)
        {
            // nobody wants to know
        }

        @Override
        public void onDuplicateName(
            final String name,
            final long ownInstanceHigh,
            final long ownInstanceLow,
            final long otherInstanceHigh,
            final long otherInstanceLow,
            final Withdrawal withdrawal)
        {
            // nobody wants to know
        }

        @Override
        public void onWithdrawn()
        {
            // nobody wants to know
        }

        @Override
        public void onIdCollision(final String name, final String otherName, final long id)
        {
            // nobody wants to know
        }

        @Override
        public void onTableFull(final String name)
        {
            // nobody wants to know
        }
    }
}
