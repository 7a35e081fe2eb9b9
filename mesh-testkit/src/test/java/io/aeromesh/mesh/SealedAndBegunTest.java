package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.MessageClaim;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A direct way that is sealed, with nothing sent behind the seal.
 */
class SealedAndBegunTest
{
    @Test
    void shouldGoOnWhenNothingWentByProxyBetweenTwoDirectParts()
    {
        final LeaseWorld world = new LeaseWorld(1);
        world.sharing("a", "ab");
        world.sharing("b", "ab");
        final Channel left = world.open("a", "b");
        final Channel right = world.open("b", "a");
        world.connect(left, right);
        world.joinDirectly(left, right);
        world.mesh.run(5_000);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[100]); // longer than the hot line
        assertTrue(left.offer(message) > 0);

        left.mode(Mode.PROXY);
        final MessageClaim claim = new MessageClaim();
        assertTrue(left.tryClaim(8, claim) > 0); // seals
        claim.abort();
        assertEquals(1, right.poll(LeaseWorld.IGNORE, 10)); // and consumes the seal
        left.mode(Mode.AUTO);
        assertTrue(left.offer(message) > 0);
        assertTrue(left.path().isDirect(), left.path()::reason);
        int count = 0;
        for (int i = 0; i < 5; i++)
        {
            count += right.poll(LeaseWorld.IGNORE, 10);
        }
        assertEquals(1, count);
        assertTrue(left.offer(message) > 0);
        for (int i = 0; i < 20_000 && count < 2; i++)
        {
            world.mesh.step();
            count += right.poll(LeaseWorld.IGNORE, 10);
        }
        assertEquals(2, count, "what was accepted never arrives");
        world.close();
    }
    /** Found by simulation: the seal's 8 bytes were reported as accepted, and as the outcome of no message. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldNotCountASealAsAccepted(final int seals)
    {
        final LeaseWorld world = new LeaseWorld(2);
        world.sharing("a", "ab");
        world.sharing("b", "ab");
        final Channel left = world.open("a", "b");
        final Channel right = world.open("b", "a");
        world.connect(left, right);
        world.joinDirectly(left, right);
        world.mesh.run(5_000);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[100]);
        final long accepted = left.offer(message);
        final MessageClaim claim = new MessageClaim();
        for (int i = 0; i < seals; i++)
        {
            left.mode(Mode.AUTO);
            assertTrue(left.tryClaim(8, claim) > 0);
            claim.abort();
            assertTrue(left.path().isDirect(), left.path()::reason);
            left.mode(Mode.PROXY);
            assertTrue(left.tryClaim(8, claim) > 0);
            claim.abort();
            assertFalse(left.path().isDirect());
            right.poll(LeaseWorld.IGNORE, 10);
            right.poll(LeaseWorld.IGNORE, 10);
            world.mesh.run(5_000);
        }
        assertEquals(accepted, left.acceptedPosition());
        assertEquals(accepted, left.acknowledgedPosition());

        right.close();
        world.mesh.runUntil("the report", () ->
        {
            left.poll(LeaseWorld.IGNORE, 10);
            return !world.reports.isEmpty();
        });
        assertEquals(accepted, world.reports.get(0).acceptedPosition());
        assertEquals(accepted, world.reports.get(0).acknowledgedPosition());

        final Channel again = world.open("b", "a"); // the next session begins behind the seal
        world.connect(left, again);
        assertTrue(left.offer(message) > 0);
        world.mesh.runUntil("the message", () -> again.poll(LeaseWorld.IGNORE, 10) == 1);
        world.close();
    }
}
