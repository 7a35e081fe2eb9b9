package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.fake.ForwardingEdge;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.spi.Edge;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A context that another user runs: its host does not see the lock of its name, and knows of its end by its link alone.
 */
class GuestDeathTest
{
    private static final String GUEST = "h/bob:g";

    private final TestMesh mesh = new TestMesh(1);
    private final Events events = new Events();
    private boolean isKilled;
    private Channel fromHost;
    private Channel fromContext;
    private Channel fromFar;

    @BeforeEach
    void meet()
    {
        mesh.sim().wrap(this::asOfBob);
        mesh.node("h", "hg", "hg2", "hd", "hf");
        mesh.node("h/d", "hd");
        mesh.node("far", "hf");
        mesh.node(GUEST, "hg", "hg2");
        fromHost = open("h");
        fromContext = open("h/d");
        fromFar = open("far");
        mesh.untilConnected(fromHost, fromContext, fromFar,
            mesh.open(GUEST, "h"), mesh.open(GUEST, "h/d"), mesh.open(GUEST, "far"));
    }

    @AfterEach
    void close()
    {
        mesh.close();
    }

    private Channel open(final String from)
    {
        return mesh.open(from, ChannelSpec.to(GUEST).listener(events));
    }

    /** What the host's ends of the guest's links are in truth. */
    private Edge asOfBob(final SimMedium at, final Edge edge)
    {
        return !at.nodeName().equals("h") || !isToGuest(at) ? edge :
            new ForwardingEdge(edge, edge.control(), edge.data())
            {
                @Override
                public String peerUser()
                {
                    return "bob";
                }

                @Override
                public boolean hasPeerEnded()
                {
                    return isKilled;
                }
            };
    }

    private static boolean isToGuest(final SimMedium medium)
    {
        return medium.edgeName().startsWith("inproc:hg");
    }

    private int poll()
    {
        for (final Channel channel : List.of(fromHost, fromContext, fromFar))
        {
            channel.poll((buffer, offset, length, origin) ->
            {}, 1);
        }
        return events.ended.size();
    }

    @Test
    void shouldTellAllItsPeersWhenItsLinkEndsWithItsProcess()
    {
        isKilled = true;
        mesh.kill(GUEST);

        mesh.runUntil("reports", () -> poll() == 3);
        events.ended.forEach(report -> assertEquals(EndReason.PEER_DIED, report.reason()));
    }

    @Test
    void shouldWaitForItWhenOnlyItsLinkHasEnded()
    {
        mesh.sim().media("h").stream().filter(GuestDeathTest::isToGuest).forEach(SimMedium::lose);
        mesh.sim().run(1_000);
        assertEquals(0, poll());
        mesh.kill(GUEST);
        mesh.sim().run(1_000);
        assertEquals(0, poll());
    }

    /** It was killed and has come back, and the host, which was stopped meanwhile, finds the old link's end last. */
    @Test
    void shouldNotTakeTheEndOfAnOldLinkForTheDeathOfWhoHasAnotherOne()
    {
        isKilled = true;
        mesh.sim().media("h").stream().filter(medium -> medium.edgeName().equals("inproc:hg")).forEach(SimMedium::lose);
        mesh.sim().run(1_000);
        assertEquals(0, poll());
    }
}
