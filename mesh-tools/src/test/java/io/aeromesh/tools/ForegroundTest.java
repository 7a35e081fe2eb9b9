package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.NodeConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a node in the foreground says when it is launched.
 */
class ForegroundTest
{
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path parent;

    private String launch(final NodeConfig config)
    {
        try (Foreground foreground = new Foreground(new PrintWriter(out)))
        {
            foreground.launch(config.baseDirectory(parent.resolve("b"))).close();
        }
        return out.toString();
    }

    /** Else it waits without a word for neighbours that can not come. */
    @Test
    void shouldSayThatNobodyReachesANodeWithoutAnEdge()
    {
        assertEquals(1, launch(NodeConfig.named("a")).lines().filter(line -> line.contains("has no edge")).count(),
            out::toString);
    }

    /** Which contexts reach all the same. */
    @Test
    void shouldSayWhoReachesAHostWithoutAnEdge()
    {
        final String said = launch(NodeConfig.named("a").hosting());

        assertTrue(said.contains("it reaches the processes of this machine alone: give it one with --edge"), said);
    }

    @Test
    void shouldNotSaySoOfANodeWithAnEdge()
    {
        assertEquals("", launch(NodeConfig.named("a").hosting().edge("shm:x")));
    }
}
