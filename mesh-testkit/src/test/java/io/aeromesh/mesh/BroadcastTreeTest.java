package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.sim.PacketWatch.LaneKind;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The last message of a source is dropped on its way, as the way back to the source changes or leads to another
 * instance, and nothing comes after it that would show the gap.
 */
class BroadcastTreeTest
{
    private static final BroadcastSpec SPEC =
        BroadcastSpec.named("all").slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE);

    private final TestMesh mesh = new TestMesh(1);
    private final HeldLanes lanes = new HeldLanes();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private BroadcastChannel source;
    private BroadcastChannel member;
    private int received;

    @BeforeEach
    void hold()
    {
        mesh.sim().wrap(lanes);
    }

    @AfterEach
    void close()
    {
        mesh.close();
    }

    private static String link(final String name, final int cost)
    {
        return name + "?name=" + name + "|cost=" + cost;
    }

    private void runUntilRouted(final String from, final String by)
    {
        mesh.runUntil(from + " has its route to s by " + by, () -> mesh.nextHop(from, "s").equals(by));
    }

    private void offer()
    {
        assertTrue(source.offer(message, 0, message.capacity()) > 0);
        mesh.sim().run(20);
    }

    private void awaitMessage()
    {
        mesh.runUntil("the message", () ->
        {
            member.poll((buffer, offset, length, origin) -> received++, 10);
            return received > 0;
        });
        mesh.runUntil("its acknowledgement", () -> source.acknowledgedPosition() == source.acceptedPosition());
        assertEquals(1, received);
    }

    /**
     * The source has heard of the member and owes it all; the member has not heard that, as that word goes another way.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRepairWhenTheWayChangesBeforeTheMemberKnowsThatItHasJoined(final boolean isAtOnce)
    {
        mesh.node("s", link("sx", 100), link("sy", 130), link("sz", 1));
        mesh.node("x", link("sx", 1), link("xr", 1));
        mesh.node("y", link("sy", 30), link("yr", 1));
        mesh.node("z", link("sz", 500), link("zm", 1)); // its way to s is by m, so that it passes no broadcast on
        mesh.node("r", link("xr", 1), link("yr", 1), link("rm", 1));
        mesh.node("m", link("rm", 1), link("zm", 500));
        source = mesh.sim().node("s").open(SPEC);
        mesh.sim().run(1_000);
        assertEquals("z", mesh.nextHop("s", "m"));
        assertEquals("r", mesh.nextHop("m", "s"));
        member = mesh.sim().node("m").open(SPEC);
        mesh.runUntil("joined at s", () -> source.members().size() == 1);
        lanes.hold("m", "zm", LaneKind.CONTROL);
        assertTrue(member.members().isEmpty());

        lanes.hold("r", "xr", LaneKind.DATA);
        offer(); // is dropped at r as it comes by y
        mesh.sim().node("x").removeEdge("xr"); // and is lost with this edge
        if (isAtOnce)
        {
            lanes.hold("m", "rm", LaneKind.CONTROL); // so that it hears of both in one cycle
        }
        runUntilRouted("r", "y");
        mesh.sim().run(20);
        lanes.release("m", "zm", LaneKind.CONTROL);
        if (isAtOnce)
        {
            lanes.release("m", "rm", LaneKind.CONTROL);
        }

        awaitMessage();
    }

    /**
     * What the dead source had sent is still under way when the new one is known, and its sequences are far ahead.
     */
    @Test
    void shouldPassOnWhatARestartedSourceSendsBehindWhatItsFormerInstanceSent()
    {
        mesh.node("s", link("sq", 1));
        mesh.node("q", link("sq", 1), link("qr", 1));
        mesh.node("r", link("qr", 1), link("rm", 1));
        mesh.node("m", link("rm", 1));
        source = mesh.sim().node("s").open(SPEC);
        member = mesh.sim().node("m").open(SPEC);
        mesh.runUntil("joined", () -> source.members().size() + member.members().size() == 2);
        mesh.sim().run(100);

        lanes.hold("r", "qr", LaneKind.DATA);
        for (int i = 0; i < 100; i++)
        {
            offer();
        }
        mesh.kill("s");
        mesh.node("s", link("sq", 1));
        source = mesh.sim().node("s").open(SPEC);
        mesh.runUntil("joined again", () ->
        {
            member.poll((buffer, offset, length, origin) -> received++, 10);
            return source.members().size() == 1;
        });
        lanes.release("r", "qr", LaneKind.DATA);
        mesh.sim().run(100);
        offer();

        awaitMessage();
    }
}
