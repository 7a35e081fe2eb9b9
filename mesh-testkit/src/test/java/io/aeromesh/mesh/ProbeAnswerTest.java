package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.CongestionEncoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.sim.PacketWatch.LaneKind;
import org.agrona.concurrent.UnsafeBuffer;
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

    /**
     * Two questions go by two ways, and the older one comes last: the answer is to the newer one, as only that counts.
     */
    @Test
    void shouldAnswerTheNewestProbeWhenAnOlderOneComesLater()
    {
        try (TestMesh mesh = new TestMesh(2))
        {
            final HeldLanes lanes = new HeldLanes();
            mesh.sim().wrap(lanes);
            mesh.node("b", link("eb", 30), link("bc", 10));
            mesh.node("d", link("ed", 30), link("dc", 1));
            mesh.node("e", link("eb", 30), link("ed", 30));
            mesh.node("c", link("bc", 10), link("dc", 1)); // which it reads in that order
            final Channel out = mesh.open("e", ChannelSpec.to("c"));
            final Channel in = mesh.open("c", ChannelSpec.to("e"));
            mesh.settle(out, in);
            assertEquals("d", mesh.nextHop("e", "c"));
            final Pump pump = new Pump(out, in, 1, MESSAGES);

            lanes.hold("c", "dc", LaneKind.DATA);
            lanes.hold("c", "dc", LaneKind.CONTROL);
            lanes.hold("c", "bc", LaneKind.CONTROL);
            assertEquals(MESSAGES, pump.send(MESSAGES));
            mesh.sim().run(20);
            assertTrue(mesh.sim().put("d", link("ed", 30), notice(), true)); // e asks by d
            mesh.sim().run(20);
            mesh.sim().node("e").removeEdge("ed"); // and by b
            mesh.sim().run(20);
            assertEquals("b", mesh.nextHop("e", "c"));
            lanes.release("c", "bc", LaneKind.CONTROL);
            lanes.release("c", "dc", LaneKind.CONTROL);

            mesh.deliverAll(pump);
        }
    }

    /** d has discarded something of e's. */
    private static byte[] notice()
    {
        final byte[] packet = EndsThatMissTest.controlPacket(NodeIds.idOf("e"), NodeIds.idOf("d"),
            MessageHeaderEncoder.ENCODED_LENGTH + CongestionEncoder.BLOCK_LENGTH);
        new CongestionEncoder()
            .wrapAndApplyHeader(new UnsafeBuffer(packet), PacketHeader.LENGTH, new MessageHeaderEncoder())
            .sessionId(0).position(Long.MAX_VALUE);
        return packet;
    }

    private static String link(final String name, final int cost)
    {
        return name + "?name=" + name + "|cost=" + cost;
    }
}
