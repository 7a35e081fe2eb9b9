package io.aeromesh.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.link.LinkListener;
import io.aeromesh.internal.link.LinkPackets;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.internal.link.SpokenLink;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.PacketHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A link of a host to a process of another user, which says by hand what it says.
 */
class GuestLinkTest implements EdgeListener, LinkListener
{
    private static final NodeSelf HOST = NodeSelf.of("alpha", 1, 1, 1, MeshConfig.DEFAULT);
    private static final NodeSelf GUEST = NodeSelf.of("alpha/bob:x", 2, 2, 1, MeshConfig.DEFAULT);
    private static final long NONCE = 5;

    private final List<ErrorCode> refusals = new ArrayList<>();
    private RingEdge edge;
    private Link link;

    @BeforeEach
    void bringUp()
    {
        final Medium medium = SpokenLink.join(this, "alpha", "other");
        edge.peerUser("bob");
        link = new Link(medium, edge, NONCE, new LinkPackets(HOST), NodeLimits.DEFAULT, this);
    }

    private void hear(final NodeSelf from)
    {
        SpokenLink.hear(link, from, 9);
        link.doWork(0, null);
    }

    @Test
    void shouldAdmitAContextThatIsCalledAfterItsUser()
    {
        hear(GUEST);
        assertEquals(Link.State.UP, link.state());
        assertTrue(link.isToGuest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha/x", "alpha/eve:x", "alpha/bob:", "alpha/bobby:x", "beta", "beta/bob:x"})
    void shouldRefuseEveryOtherName(final String name)
    {
        hear(NodeSelf.of(name, 2, 2, 1, MeshConfig.DEFAULT));
        assertEquals(Link.State.REFUSED, link.state());
        assertEquals(name.startsWith("beta/") ? ErrorCode.EDGE_REFUSED : ErrorCode.USER_REFUSED, refusals.get(0));
    }

    @Test
    void shouldTakeNoPacketInTheNameOfAnother()
    {
        hear(GUEST);
        for (final int type : new int[] {PacketHeader.DATA, PacketHeader.BROADCAST, PacketHeader.CONTROL})
        {
            final LinkReader reader = new LinkReader(link, null, null, 0);
            final UnsafeBuffer packet = new UnsafeBuffer(new byte[PacketHeader.LENGTH]);
            PacketHeader.write(packet, 0, type, 8, 0, HOST.id(), NodeIds.idOf("alpha/other"), 1, 0);
            assertEquals(PacketHandler.Action.BREAK, reader.onPacket(packet, 0, PacketHeader.LENGTH));
            assertTrue(reader.fault().contains("user 'bob'"), reader.fault());
        }
    }

    @Override
    public void onEdgeUp(final Medium medium, final Edge up)
    {
        edge = (RingEdge)up;
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge down, final String reason)
    {
        throw new AssertionError(reason);
    }

    @Override
    public void onMediumError(final Medium medium, final Throwable error)
    {
        throw new AssertionError(error);
    }

    @Override
    public void onLinkUp(final Link of)
    {
        // its state says so
    }

    @Override
    public void onLinkDown(final Link of, final String reason)
    {
        throw new AssertionError(reason);
    }

    @Override
    public void onLinkRefused(final Link of, final MeshException error)
    {
        refusals.add(error.code());
    }

    @Override
    public void onRoutingPacket(
        final Link of, final DirectBuffer buffer, final int offset, final int length, final int templateId)
    {
        throw new AssertionError("no routes are told here: templateId=" + templateId);
    }

    @Override
    public void onPeers(final Link of, final DirectBuffer buffer, final int offset)
    {
        throw new AssertionError("no places are told here");
    }

    @Override
    public void onLinkMeasured(final Link of)
    {
        // not looked at
    }

    @Override
    public void onLinkCost(final Link of)
    {
        // not looked at
    }

    @Override
    public void onLinkSilent(final Link of, final boolean silent)
    {
        // not looked at
    }
}
