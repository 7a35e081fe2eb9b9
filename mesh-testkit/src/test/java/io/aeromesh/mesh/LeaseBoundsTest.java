package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import org.junit.jupiter.api.Test;

/**
 * Leases that never arrive.
 */
class LeaseBoundsTest
{
    private static final int WINDOW = 64 * 1024;

    @Test
    void shouldBroadcastALeaseLongerThanTheWindowAlsoWhereSomeIsRetained()
    {
        final LeaseWorld world = new LeaseWorld(1);
        world.alone(LeaseConfig.DEFAULT, "a", "ab");
        world.alone(LeaseConfig.DEFAULT, "b", "ab");
        final BroadcastSpec spec = BroadcastSpec.named("news").windowLength(WINDOW).retainLength(1024);
        final BroadcastChannel out = world.mesh.node("a").open(spec);
        final BroadcastChannel in = world.mesh.node("b").open(spec);
        world.mesh.runUntil("member", () ->
        {
            out.poll(LeaseWorld.IGNORE, 1);
            in.poll(LeaseWorld.IGNORE, 1);
            return out.members().size() == 1 && in.members().size() == 1;
        });
        final Lease lease = world.acquire("a", 1 << 20);
        assertTrue(out.transfer(lease) > 0);
        int count = 0;
        for (int i = 0; i < 200_000 && count == 0; i++)
        {
            world.mesh.step();
            count += in.poll(LeaseWorld.IGNORE, 1);
        }
        assertTrue(count > 0, "the lease never arrives");
    }

    @Test
    void shouldForwardLeasesOfMoreThan64OthersInOneSession()
    {
        final int owners = 66;
        final LeaseWorld world = new LeaseWorld(1);
        final String[] links = new String[owners + 1];
        for (int i = 0; i < owners; i++)
        {
            links[i] = "l" + i;
        }
        links[owners] = "ab";
        world.sharing("a", "ab");
        world.sharing("b", links);
        final Channel toA = world.open("b", ChannelSpec.to("a"));
        final Channel fromB = world.open("a", ChannelSpec.to("b"));
        world.connect(toA, fromB);
        world.joinDirectly(toA, fromB);
        for (int i = 0; i < owners; i++)
        {
            final String name = "c" + i;
            final MeshNode owner = world.sharing(name, "l" + i);
            final Channel toB = world.open(name, ChannelSpec.to("b"));
            final Channel fromC = world.open("b", ChannelSpec.to(name));
            world.connect(toB, fromC);
            world.joinDirectly(toB, fromC);
            world.send(toB, owner.leases().acquire(4096));
            final Lease lease = world.receive(fromC);
            world.send(toA, lease); // fails by 'in vain' when it is BACK_PRESSURED for ever
            world.receive(fromB).release();
        }
    }
}
