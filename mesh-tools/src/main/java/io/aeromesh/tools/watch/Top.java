package io.aeromesh.tools.watch;

import io.aeromesh.tools.look.NodeRates;
import io.aeromesh.watch.NodeSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The live picture on a terminal, which is as it was before once the picture ends: by {@code q}, the end of input, an
 * interrupt of the terminal, or whoever asks its {@link TopEnd}.
 */
final class Top
{
    private static final int KEY_WAIT_MS = 100;
    private static final int INTERRUPT = 3;
    /** Of a terminal that says nothing of its size, or has none. */
    private static final Size USUAL_SIZE = Size.of(80, 24);

    private final Terminal terminal;
    private final Supplier<List<NodeSnapshot>> nodes;
    private final long intervalMs;
    private final TopEnd end;
    private final AtomicBoolean isResized = new AtomicBoolean(true);

    /**
     * @param terminal   to be drawn on; closed by who opened it.
     * @param nodes      takes a look.
     * @param intervalMs between two looks.
     * @param end        of it; others may ask for that too.
     */
    Top(
        final Terminal terminal, final Supplier<List<NodeSnapshot>> nodes, final long intervalMs, final TopEnd end)
    {
        this.end = end;
        this.terminal = terminal;
        this.nodes = nodes;
        this.intervalMs = intervalMs;
    }

    /**
     * Shows it until it is ended.
     */
    void run() throws IOException
    {
        final Attributes before = terminal.enterRawMode();
        final Terminal.SignalHandler beforeInterrupt = terminal.handle(Signal.INT, signal -> end.ask());
        final Terminal.SignalHandler beforeResize = terminal.handle(Signal.WINCH, signal -> isResized.set(true));
        try
        {
            terminal.puts(Capability.enter_ca_mode);
            terminal.puts(Capability.cursor_invisible);
            show();
        }
        finally
        {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
            terminal.handle(Signal.INT, beforeInterrupt);
            terminal.handle(Signal.WINCH, beforeResize);
            end.restored();
        }
    }

    private void show() throws IOException
    {
        final Display display = new Display(terminal, true);
        List<NodeSnapshot> last = List.of();
        long lastNs = System.nanoTime();
        while (!end.isAsked())
        {
            final List<NodeSnapshot> now = nodes.get();
            final long nowNs = System.nanoTime();
            draw(display, NodeRates.between(last, now, nowNs - lastNs));
            last = now;
            lastNs = nowNs;
            awaitKeys(nowNs);
        }
    }

    private void draw(final Display display, final List<NodeRates> rates)
    {
        final Size found = terminal.getSize();
        final Size size = found.getRows() < 1 || found.getColumns() < 1 ? USUAL_SIZE : found;
        if (isResized.getAndSet(false))
        {
            display.resize(size);
            display.clear();
        }
        final List<String> lines =
            TopView.lines(rates, System.currentTimeMillis(), size.getColumns(), size.getRows());
        display.update(lines.stream().map(AttributedString::new).toList(), -1);
    }

    /**
     * Until the next look is due, or the end is asked for.
     */
    private void awaitKeys(final long sinceNs) throws IOException
    {
        long leftMs = intervalMs;
        while (leftMs > 0 && !end.isAsked() && !isResized.get())
        {
            final int key = terminal.reader().read(Math.min(leftMs, KEY_WAIT_MS)); // a signal ends no read
            if (key == 'q' || key == 'Q' || key == INTERRUPT || key == NonBlockingReader.EOF)
            {
                end.ask();
            }
            leftMs = intervalMs - (System.nanoTime() - sinceNs) / 1_000_000;
        }
    }
}
