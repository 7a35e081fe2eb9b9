package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Owners of memory that go away before all of it is mapped.
 */
class SweptMemoryTest
{
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldOutliveAnOwnerThatMadeMoreMemoryJustBeforeItsEnd(final boolean isKilled)
    {
        final LeaseWorld world = new LeaseWorld(1);
        world.sharing("a", "ab", "ac");
        world.sharing("b", "ab", "bc");
        world.sharing("c", "ac", "bc");
        final Channel toB = world.open("a", ChannelSpec.to("b"));
        final Channel fromA = world.open("b", ChannelSpec.to("a"));
        world.connect(toB, fromA);
        world.joinDirectly(toB, fromA);
        world.send(toB, world.acquire("a", 4096));
        world.receive(fromA).release();
        world.mesh.run(5_000);

        world.mesh.node("a").leases().acquire(64 * 1024); // memory of another block length, which b has not mapped
        if (isKilled)
        {
            world.mesh.kill("a");
        }
        else
        {
            world.mesh.pause("b"); // as one that sleeps, or has the processor taken away
            world.mesh.stop("a");
            world.mesh.pause();
        }
        world.sharing("a", "ab", "ac");
        for (int i = 0; i < 20_000; i++)
        {
            world.mesh.step();
            fromA.poll(LeaseWorld.IGNORE, 10);
        }

        assertTrue(world.mesh.node("b").routes().stream().anyMatch(route -> route.destination().equals("c")),
            () -> "b is not alive: " + world.mesh.node("b").errors());
        assertEquals(1, world.mesh.node("b").leases().acquire(1).length());
    }
}
