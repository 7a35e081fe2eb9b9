package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.PingReport;
import io.aeromesh.Reply;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.SimMesh;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What is asked of a node and can not be is refused with what was found, and changes nothing.
 */
class RefusalTest
{
    private static final int COMMANDS_MAX = 4096;

    @Test
    void shouldRefuseAnEdgeWhoseNameIsTakenAndTheRemovalOfOneThatIsNotThere()
    {
        try (SimMesh mesh = new SimMesh(1))
        {
            final MeshNode node = mesh.node("a", "ab");
            refused(ErrorCode.EDGE_EXISTS, "node 'a' has an edge 'inproc:ab'", () -> node.addEdge("inproc:ab"));
            refused(ErrorCode.EDGE_NOT_FOUND, "node 'a' has no edge 'ac', it has [inproc:ab]",
                () -> node.removeEdge("ac"));
            node.removeEdge("inproc:ab");
            node.addEdge("inproc:ab");
        }
    }

    @Test
    void shouldRefuseAChannelToItself()
    {
        try (SimMesh mesh = new SimMesh(1))
        {
            final MeshNode node = mesh.node("a", "ab");
            refused(ErrorCode.BAD_CONFIG, "peer='a' is this node itself", () -> node.open(ChannelSpec.to("a")));
        }
    }

    @Test
    void shouldRefuseBroadcastsThatCanNotKeepWhatTheySay()
    {
        final BroadcastSpec spec = BroadcastSpec.named("news").windowLength(65536);
        assertEquals(65536, spec.evictLength(65536).evictLength());
        assertEquals(32768, spec.retainLength(32768).retainLength());
        refused(ErrorCode.BAD_CONFIG, "evictLength=0, windowLength=65536", () -> spec.evictLength(0));
        refused(ErrorCode.BAD_CONFIG, "evictLength=65537, windowLength=65536", () -> spec.evictLength(65537));
        refused(ErrorCode.BAD_CONFIG, "retainLength=-1, windowLength=65536", () -> spec.retainLength(-1));
        refused(ErrorCode.BAD_CONFIG, "retainLength=32769, windowLength=65536", () -> spec.retainLength(32769));
        refused(ErrorCode.BAD_CONFIG, "membersMax=0", () -> spec.membersMax(0));
    }

    @Test
    void shouldRefuseAPeerThatTheEdgeIsNotFor()
    {
        try (TestMesh mesh = new TestMesh(1))
        {
            final MeshNode first = mesh.node("a", "ab?peer=c");
            final MeshNode second = mesh.node("b", "ab");
            mesh.runUntil("both are told", () -> tells(first, "allows only 'c'") && tells(second, "allows only 'c'"));
            assertFalse(mesh.hasRoute("a", "b"));
            assertFalse(mesh.hasRoute("b", "a"));
        }
    }

    private static boolean tells(final MeshNode node, final String what)
    {
        return node.errors().stream().anyMatch(each -> each.contains(what));
    }

    @Test
    void shouldRefuseCommandsBeyondThoseThatItKeeps()
    {
        try (SimMesh mesh = new SimMesh(1))
        {
            final MeshNode node = mesh.node("a", "ab");
            mesh.run(10);
            for (int i = 0; i < COMMANDS_MAX; i++)
            {
                node.ping("b");
            }
            refused(ErrorCode.COMMAND_QUEUE_FULL, "4096 commands waiting", () -> node.ping("b"));
            refused(ErrorCode.COMMAND_QUEUE_FULL, "4096 commands waiting", () -> node.addEdge("inproc:ac"));
            refused(ErrorCode.COMMAND_QUEUE_FULL, "4096 commands waiting", () -> node.open(ChannelSpec.to("b")));
            mesh.run(COMMANDS_MAX);
            node.addEdge("inproc:ac");
            node.open(ChannelSpec.to("b")).close();
        }
    }

    @Test
    void shouldSayThatThereIsNoAnswerYetAndThenThatThereIsNone()
    {
        try (SimMesh mesh = new SimMesh(1))
        {
            final Reply<PingReport> reply = mesh.node("a", "ab").ping("b");
            assertFalse(reply.isDone());
            final IllegalStateException early = assertThrows(IllegalStateException.class, reply::get);
            assertTrue(early.getMessage().contains("ping 'b': not done yet"), early.getMessage());
            mesh.clock().stepPerLook(1_000_000);
            refused(ErrorCode.NO_ANSWER, "ping 'b': no answer within PT1S", () -> reply.await(Duration.ofSeconds(1)));
        }
    }

    private static void refused(final ErrorCode code, final String expected, final Executable action)
    {
        final MeshException refused = assertThrows(MeshException.class, action);
        assertEquals(code, refused.code());
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }
}
