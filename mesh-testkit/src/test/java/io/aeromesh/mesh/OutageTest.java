package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.sim.SimMesh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest
{
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldKeepOrderAcrossOutages(final int seed)
    {
        try (SimMesh mesh = new SimMesh(seed))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab", "bc");
            mesh.node("c", "bc");
            final Channel first = mesh.node("a").open(ChannelSpec.to("c"));
            final Channel last = mesh.node("c").open(ChannelSpec.to("a"));
            final Pump forth = new Pump(first, last, 1, 50_000);
            final Pump back = new Pump(last, first, 2, 50_000);
            for (int i = 1; i <= 10; i++)
            {
                final int until = i * 4_000;
                mesh.runUntil("some delivered", () -> forth.pump() & back.pump() || forth.delivered() > until);
                mesh.node("b").removeEdge("inproc:bc");
                mesh.runUntil("edge down", () ->
                {
                    forth.pump();
                    back.pump();
                    return mesh.node("c").routes().isEmpty();
                });
                mesh.node("b").addEdge("inproc:bc");
            }
            mesh.runUntil("all delivered", () -> forth.pump() & back.pump());
            assertEquals(50_000, forth.delivered());
            assertEquals(50_000, back.delivered());
        }
    }
}
