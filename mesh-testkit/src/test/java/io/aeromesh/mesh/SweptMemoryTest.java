package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import org.junit.jupiter.api.Test;
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

    /** What it has mapped is its own, whatever the owner does with the names. */
    @Test
    void shouldMapWhenThereIsRoomWhatThereWasNoRoomForBefore()
    {
        try (LeaseWorld world = new LeaseWorld(1))
        {
            final ScarceMemory scarce = new ScarceMemory(world.mesh.memory());
            world.sharing("a", "ab");
            world.mesh.node("b", config -> config.sharing(scarce), "ab");
            final Channel toB = world.open("a", ChannelSpec.to("b").closeDrainNs(0));
            final Channel fromA = world.open("b", ChannelSpec.to("a"));
            world.joinDirectly(toB, fromA);
            world.send(toB, world.acquire("a", 4096));
            world.receive(fromA).release();
            scarce.refuse(1);
            final Lease lease = world.acquire("a", 64 * 1024); // of another block length, and so in other memory
            lease.buffer().putLong(0, 77);
            world.mesh.runUntil("refused", () -> scarce.left() == 0);
            world.mesh.run(5_000);

            world.send(toB, lease);
            world.mesh.kill("a");
            world.sharing("a", "ab"); // deletes what the one before has named

            final Lease received = world.receive(fromA);
            assertEquals(77, received.buffer().getLong(0));
            received.release();
        }
    }
}
