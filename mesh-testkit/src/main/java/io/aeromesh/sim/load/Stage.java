package io.aeromesh.sim.load;

import io.aeromesh.MeshNode;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.sim.check.BoundsChecker;
import io.aeromesh.sim.check.EndReasons;
import io.aeromesh.sim.check.LeaseChecker;
import io.aeromesh.sim.check.Ledgers;
import java.util.function.BiConsumer;

/**
 * Where applications play: the nodes, and those who keep account.
 *
 * @param mesh    of nodes.
 * @param ledgers of channels.
 * @param bounds  of windows.
 * @param leases  that are held.
 * @param reasons for which sessions may end.
 * @param pockets in which leases are.
 * @param log     of what happens at a node.
 */
public record Stage(
    SimMesh mesh,
    Ledgers ledgers,
    BoundsChecker bounds,
    LeaseChecker leases,
    EndReasons reasons,
    Pockets pockets,
    BiConsumer<String, String> log)
{
    MeshNode node(final String name)
    {
        return mesh.node(name);
    }
}
