package io.aeromesh.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A link whose peer says by hand what it says.
 */
class LinkTest implements EdgeListener, LinkListener
{
    private static final NodeSelf SELF = NodeSelf.of("self", 1, 1, 1, MeshConfig.DEFAULT);
    private static final NodeSelf PEER = NodeSelf.of("peer", 2, 2, 1, MeshConfig.DEFAULT);
    private static final NodeSelf OTHER = NodeSelf.of("other", 3, 3, 1, MeshConfig.DEFAULT);
    private static final long NONCE = 5;

    private final List<String> events = new ArrayList<>();
    private Edge edge;
    private Link link;

    @BeforeEach
    void bringUp()
    {
        final Medium medium = SpokenLink.join(this, "self", "peer");
        link = new Link(medium, edge, NONCE, new LinkPackets(SELF), NodeLimits.DEFAULT, this);
        hear(PEER, 9);
        link.doWork(0, null);
        assertEquals(List.of("up peer"), events);
    }

    private void hear(final NodeSelf from, final long nonce)
    {
        SpokenLink.hear(link, from, nonce);
    }

    /** Else what others have noted of it, routes and streams, would stay under the first name for ever. */
    @Test
    void shouldNotTakeAnotherNameInTheSameGeneration()
    {
        final MeshException refused = assertThrows(MeshException.class, () -> hear(OTHER, 9));

        assertEquals(ErrorCode.PROTOCOL_VIOLATION, refused.code());
        assertEquals("peer", link.peerName());
        link.down("fault");
        assertEquals(List.of("up peer", "down peer"), events);
    }

    /** Else its routes would stay, and lead nowhere. */
    @Test
    void shouldBeDownWhenItIsRefusedWhileUp()
    {
        hear(NodeSelf.of(PEER.name(), 2, 2, 1, new MeshConfig("another", 64)), 9);

        assertEquals(Link.State.REFUSED, link.state());
        assertEquals(List.of("up peer", "down peer", "refused"), events);
    }

    @Test
    void shouldTakeAnotherNameInANewGeneration()
    {
        hear(OTHER, 10);
        hear(OTHER, 10); // which echoes the fresh nonce
        link.doWork(0, null);

        assertTrue(link.state() == Link.State.UP);
        assertEquals(List.of("up peer", "down peer", "up other"), events);
    }

    @Override
    public void onEdgeUp(final Medium medium, final Edge up)
    {
        edge = up;
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
        events.add("up " + of.peerName());
    }

    @Override
    public void onLinkDown(final Link of, final String reason)
    {
        events.add("down " + of.peerName());
    }

    @Override
    public void onLinkRefused(final Link of, final MeshException error)
    {
        events.add("refused");
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
        events.add("peers");
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
