package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.tools.Mesh;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a process told until it was killed is read after it, and says what was.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashedNodeTest
{
    @Test
    void shouldReadWhatAKilledProcessHasToldAndWhatItsNeighbourSaw()
    {
        try (Grid grid = new Grid(Threading.THREADED);
            Child victim = Child.start(grid.base(), Mesh.class, "node", "--dir", grid.base().toString(), "--name",
                "victim", "--edge", "shm:link"))
        {
            grid.start("witness", "shm:link");
            grid.awaitRoute("witness", "victim");
            grid.await("route noted", () -> hasEvent(find(grid, "victim"), MeshEvent.ROUTE));
            final NodeSnapshot living = find(grid, "victim");
            assertEquals(State.ALIVE, living.state());

            victim.signal("KILL");
            victim.awaitExit();
            grid.await("death noted", () -> hasEvent(find(grid, "witness"), MeshEvent.PROCESS_ENDED));

            final NodeSnapshot dead = find(grid, "victim");
            assertEquals(State.CRASHED, dead.state());
            assertEquals(living.instance(), dead.instance());
            assertEquals(living.processId(), dead.processId());
            assertTrue(dead.events().containsAll(living.events()));
            assertTrue(hasEvent(dead, MeshEvent.EDGE_UP));
            assertTrue(dead.counters().stream().anyMatch(
                value -> value.counter() == MeshCounter.EDGE_PACKETS_IN && value.value() > 0));

            grid.start("victim", "shm:link");
            final List<NodeSnapshot> both = NodeWatch.read(grid.base()).nodes().stream()
                .filter(node -> node.name().equals("victim")).toList();
            assertEquals(List.of(State.ALIVE, State.CRASHED), both.stream().map(NodeSnapshot::state).toList());
            assertEquals(dead.instance(), both.get(1).instance());
        }
    }

    private static NodeSnapshot find(final Grid grid, final String name)
    {
        return NodeWatch.read(grid.base()).nodes().stream().filter(node -> node.name().equals(name)).findFirst()
            .orElseThrow();
    }

    private static boolean hasEvent(final NodeSnapshot node, final MeshEvent kind)
    {
        return node.events().stream().anyMatch(event -> event.kind() == kind);
    }
}
