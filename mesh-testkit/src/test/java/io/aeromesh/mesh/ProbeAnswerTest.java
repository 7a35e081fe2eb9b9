package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import org.junit.jupiter.api.Test;

class ProbeAnswerTest
{
    private static final int MESSAGES = 20;

    /**
     * All was sent on a way that is lost, nothing more is to be sent that would show a gap, and the answer to the
     * question what has come went back by that same way, which the peer did not know yet to be lost.
     */
    @Test
    void shouldRepairWhenTheAnswerToAProbeIsLostWithItsWay()
    {
        try (TestMesh mesh = new TestMesh(1))
        {
            // both ways by b stay feasible, so that neither end is ever without one
            mesh.node("b", link("eb", 30), link("bc", 10));
            mesh.node("d", link("ed", 30), link("dc", 1));
            mesh.node("e", link("eb", 30), link("ed", 30));
            mesh.node("c", link("bc", 10), link("dc", 1));
            final Channel out = mesh.open("e", ChannelSpec.to("c"));
            final Channel in = mesh.open("c", ChannelSpec.to("e"));
            mesh.settle(out, in);
            assertEquals("d", mesh.nextHop("e", "c"));
            final Pump pump = new Pump(out, in, 1, MESSAGES);

            mesh.sim().pause("d");
            assertEquals(MESSAGES, pump.send(MESSAGES));
            mesh.sim().run(20);
            mesh.sim().node("e").removeEdge("ed");
            mesh.sim().run(20);
            assertEquals("b", mesh.nextHop("e", "c"));
            assertEquals("d", mesh.nextHop("c", "e"), "the answer went there");
            mesh.kill("d");
            mesh.sim().pause();

            mesh.deliverAll(pump);
        }
    }

    private static String link(final String name, final int cost)
    {
        return name + "?name=" + name + "|cost=" + cost;
    }
}
