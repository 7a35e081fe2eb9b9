package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.status.MeshCounter;
import java.nio.file.Path;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that closes while its application holds a block of another, which hears of the close as of a death.
 */
@Timeout(60)
class ClosedHolderTest
{
    private static final int CYCLES = 5_000;

    @TempDir
    private Path parent;

    @Test
    void shouldKeepTheBlockUntilItIsReleasedAlsoWhenItsNameIsAnothers()
    {
        try (MillisecondNodes nodes = new MillisecondNodes(parent.resolve("base")))
        {
            final MeshNode owner = nodes.launch("owner", "holder");
            final MeshNode holder = nodes.launch("holder", "owner");
            final Channel out = owner.open(ChannelSpec.to("holder").named("blocks"));
            final Channel in = holder.open(ChannelSpec.to("owner").named("blocks"));
            nodes.untilJoined(out, in);
            final Lease held = hand(nodes, owner, out, in);

            nodes.close(holder);
            nodes.cycles(CYCLES);
            assertEquals(1, out(owner), "taken back from who holds it");
            assertEquals(77, held.buffer().getLong(0));
            nodes.launch("holder", "owner");
            nodes.cycles(CYCLES);
            assertEquals(1, out(owner), "taken back when another has the name");
            held.release();
            nodes.cycles(CYCLES);
            assertEquals(0, out(owner));
        }
    }

    private static Lease hand(
        final MillisecondNodes nodes, final MeshNode owner, final Channel out, final Channel in)
    {
        final Lease sent = owner.leases().acquire(4096);
        sent.buffer().putLong(0, 77);
        final Lease held = new Lease();
        for (int i = 0; i < CYCLES && !held.isHeld(); i++)
        {
            if (sent.isHeld())
            {
                out.transfer(sent);
            }
            nodes.cycles(1);
            in.poll((buffer, offset, length, origin) -> origin.take(held), 1);
        }
        return held;
    }

    private static long out(final MeshNode node)
    {
        final CountersReader counters = node.counters();
        final long[] value = {-1};
        counters.forEach((id, typeId, key, label) ->
        {
            if (typeId == MeshCounter.LEASES_OUT.id())
            {
                value[0] = counters.getCounterValue(id);
            }
        });
        return value[0];
    }
}
