package io.aeromesh.tools.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.tools.look.NodeRates;
import io.aeromesh.watch.CounterValue;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import io.aeromesh.watch.TakenTimes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the live picture shows, and how it ends.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopTest
{
    private static final String ALTERNATE_SCREEN = "\u001b[?1049h";
    private static final String NORMAL_SCREEN = "\u001b[?1049l";
    private static final String CURSOR = "25h";

    @TempDir
    private Path temporary;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private List<NodeSnapshot> nodes;

    @BeforeEach
    void look()
    {
        try (MeshNode node = MeshNode.launch(
            NodeConfig.named("gateway").baseDirectory(temporary.resolve("base")).invoked().edge("inproc:x")))
        {
            node.doWork();
            nodes = NodeWatch.read(temporary.resolve("base")).nodes();
        }
    }

    @Test
    void shouldShowRatesSinceTheLookBefore()
    {
        final List<NodeRates> rates = NodeRates.between(List.of(with(nodes.get(0), 1_000)),
            List.of(with(nodes.get(0), 4_000)), TimeUnit.MILLISECONDS.toNanos(500));

        assertEquals(6_000, rates.get(0).rate(MeshCounter.EDGE_PACKETS_IN, "inproc:x"));
        assertEquals(4_000, rates.get(0).value(MeshCounter.EDGE_PACKETS_IN, "inproc:x"));
        final String text = String.join("\n", TopView.lines(rates, 0, 200, 40));
        assertTrue(text.contains("gateway") && text.contains("inproc:x") && text.contains("6 k"), text);
    }

    @Test
    void shouldShowNoRateOfWhatWasNotSeenBeforeOrBeganAnew()
    {
        assertEquals(0, rateBetween(List.of(), with(nodes.get(0), 4_000)));
        assertEquals(0, rateBetween(List.of(with(nodes.get(0), 4_000)), with(nodes.get(0), 5)));
    }

    private static double rateBetween(final List<NodeSnapshot> before, final NodeSnapshot now)
    {
        return NodeRates.between(before, List.of(now), 1).get(0).rate(MeshCounter.EDGE_PACKETS_IN);
    }

    @Test
    void shouldFitTheScreenAndSayWhatItHides()
    {
        final List<String> lines = TopView.lines(NodeRates.between(List.of(), nodes, 1), 0, 30, 4);

        assertEquals(4, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.length() <= 30));
        assertTrue(lines.get(3).contains("lines more"), lines::toString);
    }

    /** As a terminal has that nobody told how large it is. */
    @Test
    void shouldDrawOnATerminalWithoutASize() throws IOException
    {
        try (LineDisciplineTerminal terminal = terminal())
        {
            terminal.setSize(Size.of(0, 0));
            terminal.processInputBytes("q".getBytes(StandardCharsets.US_ASCII));

            new Top(terminal, () -> nodes, 3_600_000, new TopEnd()).run();

            assertTrue(screen().contains("gateway"), this::screen);
        }
    }

    @Test
    void shouldEndByQAndRestoreTheTerminal() throws IOException
    {
        try (LineDisciplineTerminal terminal = terminal())
        {
            final Attributes before = terminal.getAttributes();
            terminal.processInputBytes("xq".getBytes(StandardCharsets.US_ASCII));

            new Top(terminal, () -> nodes, 3_600_000, new TopEnd()).run();

            assertRestored(terminal, before);
            assertTrue(screen().contains("gateway"), this::screen);
        }
    }

    @Test
    void shouldEndByAnInterruptAndRestoreTheTerminal() throws IOException
    {
        try (LineDisciplineTerminal terminal = terminal())
        {
            final Attributes before = terminal.getAttributes();

            new Top(terminal, () ->
            {
                terminal.raise(Signal.INT);
                return nodes;
            }, 3_600_000, new TopEnd()).run();

            assertRestored(terminal, before);
        }
    }

    @Test
    void shouldEndWhenTheProcessEndsAndRestoreTheTerminalBefore() throws Exception
    {
        try (LineDisciplineTerminal terminal = terminal())
        {
            final Attributes before = terminal.getAttributes();
            final TopEnd end = new TopEnd();
            final Thread hook = new Thread(() ->
            {
                try
                {
                    end.askAndAwait();
                }
                catch (final InterruptedException ex)
                {
                    throw new AssertionError(ex);
                }
            });

            new Top(terminal, () ->
            {
                hook.start();
                return nodes;
            }, 3_600_000, end).run();
            hook.join();

            assertRestored(terminal, before);
        }
    }

    @Test
    void shouldRestoreTheTerminalWhenALookFails() throws IOException
    {
        try (LineDisciplineTerminal terminal = terminal())
        {
            final Attributes before = terminal.getAttributes();
            final Top top = new Top(terminal, () ->
            {
                throw new IllegalStateException("planted");
            }, 1_000, new TopEnd());

            assertThrows(IllegalStateException.class, top::run);

            assertRestored(terminal, before);
        }
    }

    private void assertRestored(final Terminal terminal, final Attributes before)
    {
        terminal.flush();
        assertTrue(screen().contains(ALTERNATE_SCREEN), this::screen);
        assertTrue(screen().lastIndexOf(NORMAL_SCREEN) > screen().lastIndexOf(ALTERNATE_SCREEN), this::screen);
        assertTrue(screen().contains(CURSOR), this::screen);
        assertEquals(before.toString(), terminal.getAttributes().toString());
    }

    private LineDisciplineTerminal terminal() throws IOException
    {
        final LineDisciplineTerminal terminal = new Xterm(screen);
        terminal.setSize(Size.of(160, 50));
        return terminal;
    }

    /** One that knows its escape sequences, as that of a system does. */
    private static final class Xterm extends LineDisciplineTerminal
    {
        Xterm(final OutputStream screen) throws IOException
        {
            super("test", "xterm", screen, StandardCharsets.UTF_8);
            parseInfoCmp();
        }
    }

    private String screen()
    {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private static NodeSnapshot with(final NodeSnapshot node, final long packets)
    {
        final Map<MeshHistogram, TakenTimes> times = node.times();
        return new NodeSnapshot(node.name(), node.mesh(), State.ALIVE, node.instanceHigh(), node.instanceLow(), 1, 0,
            List.of(new CounterValue(MeshCounter.PACKETS_FORWARDED, "", 1),
                new CounterValue(MeshCounter.EDGE_PACKETS_IN, "inproc:x", packets)),
            List.of(), List.of(), times);
    }
}
