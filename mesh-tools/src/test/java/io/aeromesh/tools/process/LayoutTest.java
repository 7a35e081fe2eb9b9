package io.aeromesh.tools.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.NodeConfig;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LayoutTest
{
    private final Layout layout = Layout.create(Path.of("/dev/shm/x/driver"), 40_001, 40_002, 40_003, 40_004);

    @Test
    void shouldParseAllEdgesAtBothEnds()
    {
        int ends = 0;
        for (final String node : layout.nodes())
        {
            NodeConfig config = NodeConfig.named(node);
            for (final String uri : layout.urisOf(node))
            {
                config = config.edge(uri);
            }
            ends += config.edges().size();
        }

        assertEquals(2 * layout.edges().size(), ends);
    }

    @Test
    void shouldMakeTheWayByCTheCheaperOne()
    {
        assertTrue(cost("BC") + cost("CD") < cost("BE") + cost("ED"));
    }

    @Test
    void shouldFindPortsThatDiffer()
    {
        final int[] ports = UdpPorts.free(Layout.UDP_PORTS);

        assertEquals(4, Arrays.stream(ports).distinct().count());
    }

    private int cost(final String edge)
    {
        return layout.edges().stream().filter(candidate -> candidate.name().equals(edge)).findFirst().orElseThrow()
            .cost();
    }
}
