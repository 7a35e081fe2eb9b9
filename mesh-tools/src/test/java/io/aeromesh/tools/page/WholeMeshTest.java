package io.aeromesh.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Idle;
import io.aeromesh.MeshConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mesh is asked through the host of this machine, as long as there is one.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WholeMeshTest
{
    @TempDir
    private Path base;

    private NodeConfig named(final String name)
    {
        return NodeConfig.named(name).baseDirectory(base).threaded(Idle.PARKED);
    }

    private WholeMesh page()
    {
        return new WholeMesh(base, MeshConfig.DEFAULT);
    }

    private static void lookUntil(final WholeMesh page, final BooleanSupplier condition)
    {
        while (!condition.getAsBoolean()) // the test's bound ends it
        {
            page.look();
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldAskThroughTheHostWhileThereIsOne()
    {
        try (WholeMesh page = page())
        {
            page.look();
            assertTrue(page.source().startsWith("no host runs here"), page::source);
            assertNull(page.topology());
            try (MeshNode peer = MeshNode.launch(named("peer").edge("inproc:page-hp?peer=host")))
            {
                try (MeshNode host = MeshNode.launch(named("host").hosting().edge("inproc:page-hp?peer=peer")))
                {
                    lookUntil(page, () -> page.topology() != null && page.topology().nodes().size() == 2);
                    assertEquals(List.of(host.name(), peer.name()), page.topology().nodes());
                    assertTrue(page.source().contains("through host host"), page::source);
                }
                // what was asked before may fail first
                lookUntil(page, () -> page.source().contains("host does not answer"));
                assertNull(page.topology());
                try (MeshNode again = MeshNode.launch(named("host").hosting()))
                {
                    lookUntil(page, () -> page.topology() != null && page.topology().nodes().contains(again.name()));
                }
            }
        }
    }

    @Test
    void shouldUseNamesAgain()
    {
        try (MeshNode host = MeshNode.launch(named("host").hosting()))
        {
            try (WholeMesh first = page(); WholeMesh second = page())
            {
                first.look();
                second.look();
                assertEquals(List.of(host.name(), "host/page-1", "host/page-2"), names());
            }
            try (WholeMesh third = page())
            {
                third.look();
                assertEquals(List.of(host.name(), "host/page-1"), names());
            }
        }
    }

    private List<String> names()
    {
        return NodeWatch.read(base).nodes().stream().map(NodeSnapshot::name).toList();
    }
}
