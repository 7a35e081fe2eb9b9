package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.MeshCounter;
import org.agrona.collections.MutableLong;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyChannelTest
{
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8, 16})
    void shouldDeliverBothWaysOverHops(final int hops)
    {
        try (SimMesh mesh = new SimMesh(hops))
        {
            for (int i = 0; i <= hops; i++)
            {
                final String left = "l" + (i - 1);
                final String right = "l" + i;
                mesh.node("n" + i, i == 0 ? new String[] {right} : i == hops ? new String[] {left} :
                    new String[] {left, right});
            }
            final Channel first = mesh.node("n0").open(ChannelSpec.to("n" + hops).named("c"));
            final Channel last = mesh.node("n" + hops).open(ChannelSpec.to("n0").named("c"));
            final Pump forth = new Pump(first, last, 1, 20_000);
            final Pump back = new Pump(last, first, 2, 20_000);
            mesh.runUntil("all delivered", () -> forth.pump() & back.pump());
            assertEquals(20_000, forth.delivered());
            assertEquals(20_000, back.delivered());
        }
    }

    @Test
    void shouldShowThatAllIsAcknowledgedWhenNothingFollows()
    {
        try (SimMesh mesh = new SimMesh(7))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab");
            final Channel first = mesh.node("a").open(ChannelSpec.to("b"));
            final Channel last = mesh.node("b").open(ChannelSpec.to("a"));
            final Pump forth = new Pump(first, last, 1, 1);
            mesh.runUntil("all acknowledged",
                () -> forth.pump() && first.acknowledgedPosition() == first.acceptedPosition());

            assertTrue(first.acceptedPosition() > 0);
            assertEquals(first.acceptedPosition(),
                shown(mesh.node("a").counters(), MeshCounter.CHANNEL_ACKNOWLEDGED_BYTES));
        }
    }

    private static long shown(final CountersReader counters, final MeshCounter wanted)
    {
        final MutableLong value = new MutableLong();
        counters.forEach((id, type, key, label) ->
        {
            if (type == wanted.id())
            {
                value.set(counters.getCounterValue(id));
            }
        });
        return value.get();
    }

    @Test
    void shouldCarryAllSizes()
    {
        try (SimMesh mesh = new SimMesh(7))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab", "bc");
            mesh.node("c", "bc");
            final int window = 4 * 1024 * 1024;
            final Channel first = mesh.node("a").open(ChannelSpec.to("c").windowLength(window));
            final Channel last = mesh.node("c").open(ChannelSpec.to("a").windowLength(window));
            final Pump forth = new Pump(first, last, 1, 64, i -> i < 32 ? i : (1 << 20) / (i - 31));
            mesh.runUntil("all delivered", forth::pump);
            assertEquals(64, forth.delivered());
        }
    }
}
