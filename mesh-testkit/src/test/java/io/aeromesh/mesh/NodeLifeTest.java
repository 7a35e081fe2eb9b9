package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.NodeListener;
import io.aeromesh.PingReport;
import io.aeromesh.Reply;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.OpenEncoder;
import io.aeromesh.sim.SimMesh;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NodeLifeTest
{
    private static final int MORE_THAN_LINGERING_EDGES = 6;

    @TempDir
    private Path parent;

    @Test
    void shouldGoOnWhenTheListenerThrows()
    {
        try (SimMesh mesh = new SimMesh(1))
        {
            mesh.node("a", config -> config.listener(new ThrowingListener()), "ab");
            final Channel a = mesh.node("a").open(ChannelSpec.to("b"));
            for (int i = 0; i < MORE_THAN_LINGERING_EDGES; i++)
            {
                mesh.node("b", "ab");
                final Channel b = mesh.node("b").open(ChannelSpec.to("a"));
                mesh.runUntil("connected", () ->
                {
                    a.poll((buffer, offset, length, origin) ->
                    {}, 1);
                    return b.state() == ChannelState.CONNECTED;
                });
                mesh.kill("b");
                mesh.run(10);
            }
            assertTrue(mesh.node("a").errors().stream().anyMatch(error -> error.contains("thrown by a listener")));
        }
    }

    private static final class ThrowingListener implements NodeListener
    {
        @Override
        public void onEdgeUp(final String edge, final String peer)
        {
            throw new IllegalStateException("thrown by a listener");
        }

        @Override
        public void onEdgeDown(final String edge, final String peer, final String reason)
        {
            throw new IllegalStateException("thrown by a listener");
        }

        @Override
        public void onRoute(final String destination, final String nextHop, final int metric)
        {
            throw new IllegalStateException("thrown by a listener");
        }

        @Override
        public void onRouteLost(final String destination)
        {
            throw new IllegalStateException("thrown by a listener");
        }

        @Override
        public void onError(final MeshException error)
        {
            throw new IllegalStateException("thrown by a listener");
        }
    }

    @Test
    void shouldGoOnWhenAPeerAsksForAChannelWithABadName()
    {
        try (SimMesh mesh = new SimMesh(4))
        {
            mesh.node("a", "ab");
            final NodeLimits few = NodeLimits.DEFAULT.pendingRequests(1);
            final MeshNode b = mesh.node("b", config -> config.limits(few), "ab");
            mesh.runUntil("routes", () -> !b.routes().isEmpty());
            b.open(ChannelSpec.to("x"));
            mesh.run(10);

            assertTrue(mesh.put("a", "ab", open("first"), true));
            assertTrue(mesh.put("a", "ab", open("second\n"), true));
            mesh.run(10);

            assertTrue(b.isRunning());
            assertTrue(b.errors().stream().anyMatch(error -> error.contains("control character")));
        }
    }

    private static byte[] open(final String channelName)
    {
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[512]);
        PacketHeader.write(packet, 0, PacketHeader.CONTROL, 8, 0, NodeIds.idOf("b"), NodeIds.idOf("x"), 0,
            Long.MAX_VALUE);
        final OpenEncoder encoder =
            new OpenEncoder().wrapAndApplyHeader(packet, PacketHeader.LENGTH, new MessageHeaderEncoder());
        encoder.endId(channelName.hashCode()).peerEndId(0).instance().high(1).low(1);
        encoder.openSequence(1).schemaFingerprint(0).startPosition(0).windowLength(1 << 16).streamId(0)
            .kind(ChannelKind.PROXY).wantsRetained((short)0).channelName(channelName).sourceName("x");
        return packet.byteArray();
    }

    @Test
    void shouldRefuseCommandsWhenTheNodeIsClosed()
    {
        try (SimMesh mesh = new SimMesh(2))
        {
            final MeshNode node = mesh.node("a", "ab");
            mesh.stop("a");

            refused(() -> node.open(ChannelSpec.to("b")));
            refused(() -> node.open(ChannelSpec.to("b")));
            refused(() -> node.open(BroadcastSpec.named("all")));
            refused(() -> node.listen(""));
            refused(() -> node.ping("b"));
            refused(node::topology);
        }
    }

    /**
     * A ping that came to nothing was never sent again: one to a node that restarts, or that does not know its way back
     * yet to a node that has just come.
     */
    @Test
    void shouldPingAgainWhatIsLost()
    {
        try (SimMesh mesh = new SimMesh(6))
        {
            mesh.node("between", "near", "far");
            mesh.node("asked", "far");
            final MeshNode late = mesh.node("late", "near");
            mesh.runUntil("routes", () -> late.routes().size() == 2);
            mesh.pause("asked");
            final Reply<PingReport> reply = late.ping("asked");
            mesh.run(100);
            mesh.kill("asked");
            mesh.pause();
            mesh.node("asked", "far");

            mesh.runUntil("answer", reply::isDone);

            assertTrue(reply.get().complete(), reply.get()::toString);
        }
    }

    @Test
    void shouldLetGoOfItsEdgesWhenAServiceThrowsAtTheClose()
    {
        try (SimMesh mesh = new SimMesh(5))
        {
            final MeshNode b = mesh.node("b", "ab");
            mesh.node("a", config -> config.service(new ThrowingService()), "ab");
            mesh.runUntil("up", () -> !b.routes().isEmpty());
            mesh.stop("a");

            final MeshNode again = mesh.node("a", "ab");
            mesh.runUntil("up again", () -> !again.routes().isEmpty());
        }
    }

    private static final class ThrowingService implements Agent
    {
        @Override
        public int doWork()
        {
            return 0;
        }

        @Override
        public void onClose()
        {
            throw new IllegalStateException("thrown by a service");
        }

        @Override
        public String roleName()
        {
            return "throwing";
        }
    }

    private static void refused(final Runnable command)
    {
        assertEquals(ErrorCode.NODE_CLOSED, assertThrows(MeshException.class, command::run).code());
    }

    @Test
    void shouldCloseWithinTheDrainBoundWhenAChannelWaitsForItsPredecessor()
    {
        try (SimMesh mesh = new SimMesh(3))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab");
            final Channel first = mesh.node("a").open(ChannelSpec.to("b"));
            final Channel other = mesh.node("b").open(ChannelSpec.to("a"));
            mesh.runUntil("connected",
                () -> first.state() == ChannelState.CONNECTED && other.state() == ChannelState.CONNECTED);
            assertTrue(first.offer(new UnsafeBuffer(new byte[8]), 0, 8) > 0);
            first.close();
            final Channel second = mesh.node("a").open(ChannelSpec.to("b"));
            mesh.run(10);

            final long beginNs = mesh.clock().nanoTime();
            mesh.stop("a");

            assertEquals(ChannelState.CLOSED, second.state());
            assertTrue(mesh.clock().nanoTime() - beginNs < ChannelSpec.CLOSE_DRAIN_NS_DEFAULT + 1_000_000_000L);
        }
    }

    @Test
    void shouldRemoveEdgeWhenTheListenerAddsAnother()
    {
        final AtomicReference<MeshNode> self = new AtomicReference<>();
        final NodeConfig config = NodeConfig.named("a").baseDirectory(parent.resolve("base"))
            .provider(new InprocTransportProvider()).edge("inproc:ab").listener(new NodeListener()
            {
                @Override
                public void onEdgeDown(final String edge, final String peer, final String reason)
                {
                    self.get().addEdge("inproc:other");
                }
            });
        try (MeshNode a = MeshNode.launch(config);
            MeshNode b = MeshNode.launch(NodeConfig.named("b").baseDirectory(parent.resolve("base"))
                .provider(new InprocTransportProvider()).edge("inproc:ab")))
        {
            self.set(a);
            while (b.routes().isEmpty() || a.routes().isEmpty())
            {
                Thread.onSpinWait();
            }

            final long beginNs = System.nanoTime();
            a.removeEdge("inproc:ab");

            assertTrue(System.nanoTime() - beginNs < TimeUnit.SECONDS.toNanos(8));
        }
    }
}
