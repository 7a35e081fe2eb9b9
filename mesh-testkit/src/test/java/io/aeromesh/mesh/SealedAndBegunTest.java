package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.MessageClaim;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A direct way that is sealed and taken up again at the very position of the seal's end.
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
}
