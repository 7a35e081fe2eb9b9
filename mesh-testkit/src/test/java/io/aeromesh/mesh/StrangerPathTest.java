package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Nodes of two hosts: neither sees a process of the other.
 */
class StrangerPathTest
{
    /** Finds no socket of anybody. */
    private static final class AlonePresence implements HostPresence
    {
        private record Lost(String name, long high, long low)
        {
        }

        private final List<Lost> lost = new ArrayList<>();

        @Override
        public void watch(final String peerName, final long instanceHigh, final long instanceLow)
        {
            lost.add(new Lost(peerName, instanceHigh, instanceLow));
        }

        @Override
        public int doWork(final long nowNs, final DeathListener listener)
        {
            final int work = lost.size();
            lost.forEach(one -> listener.onWatchLost(one.name, one.high, one.low));
            lost.clear();
            return work;
        }

        @Override
        public void close()
        {
        }
    }

    private static MeshOs alone(final MeshOs os)
    {
        return (MeshOs)Proxy.newProxyInstance(StrangerPathTest.class.getClassLoader(), new Class<?>[] {MeshOs.class},
            (proxy, method, args) -> method.getName().equals("claimName") ? new AlonePresence() :
                method.invoke(os, args));
    }

    @Test
    void shouldNotTakeANodeOfAnotherHostForDead()
    {
        try (LeaseWorld world = new LeaseWorld(1))
        {
            world.mesh.node("a", config -> config.os(alone(config.os())).sharing(world.mesh.memory()), "ab");
            world.mesh.node("b", config -> config.os(alone(config.os())), "ab");
            final Channel left = world.open("a", ChannelSpec.to("b"));
            final Channel right = world.open("b", ChannelSpec.to("a"));
            world.connect(left, right);
            world.mesh.run(5_000);

            for (final Channel channel : List.of(left, right))
            {
                assertTrue(channel.path().reason().contains("share no memory"), channel.path().reason());
            }
        }
    }
}
