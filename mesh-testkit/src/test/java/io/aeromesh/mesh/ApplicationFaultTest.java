package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeListener;
import io.aeromesh.sim.SimMesh;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

class ApplicationFaultTest
{
    @Test
    void shouldGoOnWhenServiceAndListenerThrow()
    {
        final Agent faulty = new Agent()
        {
            @Override
            public int doWork()
            {
                throw new IllegalStateException("service at fault");
            }

            @Override
            public String roleName()
            {
                return "faulty";
            }
        };
        final NodeListener thrower = new NodeListener()
        {
            @Override
            public void onEdgeUp(final String edge, final String peer)
            {
                throw new IllegalStateException("listener at fault");
            }

            @Override
            public void onRoute(final String destination, final String nextHop, final int metric)
            {
                throw new IllegalStateException("listener at fault");
            }
        };
        try (SimMesh mesh = new SimMesh(1))
        {
            mesh.node("a", config -> config.service(faulty).listener(thrower), "ab");
            mesh.node("b", "ab");
            final Channel first = mesh.node("a").open(ChannelSpec.to("b"));
            final Channel last = mesh.node("b").open(ChannelSpec.to("a"));
            final Pump forth = new Pump(first, last, 1, 100);

            mesh.runUntil("all delivered", forth::pump);

            assertEquals(100, forth.delivered());
            final String errors = String.valueOf(mesh.node("a").errors());
            assertTrue(errors.contains("service 'faulty' threw"), errors);
            assertTrue(errors.contains("listener at fault"), errors);
        }
    }

    @Test
    void shouldCloseItsChannelsWhenItCanNotGoOn()
    {
        final boolean[] broken = new boolean[1];
        try (SimMesh mesh = new SimMesh(2))
        {
            mesh.node("b", "ab");
            final MeshNode a = mesh.node("a", config -> config.os(new BrokenOs(config.os(), broken)), "ab");
            final Channel channel = a.open(ChannelSpec.to("b"));
            mesh.run(100);
            broken[0] = true;
            mesh.run(1);
            broken[0] = false;

            assertFalse(a.isRunning());
            assertEquals(ChannelState.CLOSED, channel.state());
            assertTrue(String.valueOf(a.errors()).contains("presence at fault"));
        }
    }
}
