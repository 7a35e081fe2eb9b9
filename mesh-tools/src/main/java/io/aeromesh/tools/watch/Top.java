package io.aeromesh.tools.watch;

import io.aeromesh.watch.NodeSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
 * interrupt of the terminal, or a signal that ends the process.
 */
final class Top
{
    private static final long RESTORE_BOUND_MS = 1_000;
    private static final int KEY_WAIT_MS = 100;
    private static final int INTERRUPT = 3;

    private final Terminal terminal;
    private final Supplier<List<NodeSnapshot>> nodes;
    private final long intervalMs;
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private final AtomicBoolean isResized = new AtomicBoolean(true);
    private final CountDownLatch restored = new CountDownLatch(1);

    /**
     * @param terminal   to be drawn on; closed by who opened it.
     * @param nodes      takes a look.
     * @param intervalMs between two looks.
     */
    Top(final Terminal terminal, final Supplier<List<NodeSnapshot>> nodes, final long intervalMs)
    {
        this.terminal = terminal;
        this.nodes = nodes;
        this.intervalMs = intervalMs;
    }

    /**
     * Shows it until it is ended.
     */
    void run() throws IOException
    {
        final Thread onExit = new Thread(this::endAndAwait, "restore-terminal");
        Runtime.getRuntime().addShutdownHook(onExit);
        final Attributes before = terminal.enterRawMode();
        final Terminal.SignalHandler beforeInterrupt = terminal.handle(Signal.INT, signal -> isEnding.set(true));
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
            restored.countDown();
            removeHook(onExit);
        }
    }

    private static void removeHook(final Thread hook)
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ignore)
        {
            // it is what has ended the picture
        }
    }

    private void endAndAwait()
    {
        isEnding.set(true);
        try
        {
            restored.await(RESTORE_BOUND_MS, TimeUnit.MILLISECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void show() throws IOException
    {
        final Display display = new Display(terminal, true);
        List<NodeSnapshot> last = List.of();
        long lastNs = System.nanoTime();
        while (!isEnding.get())
        {
            final List<NodeSnapshot> now = nodes.get();
            final long nowNs = System.nanoTime();
            draw(display, new Rates(last, now, nowNs - lastNs));
            last = now;
            lastNs = nowNs;
            awaitKeys(nowNs);
        }
    }

    private void draw(final Display display, final Rates rates)
    {
        final Size size = terminal.getSize();
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
        while (leftMs > 0 && !isEnding.get() && !isResized.get())
        {
            final int key = terminal.reader().read(Math.min(leftMs, KEY_WAIT_MS)); // a signal ends no read
            if (key == 'q' || key == 'Q' || key == INTERRUPT || key == NonBlockingReader.EOF)
            {
                isEnding.set(true);
            }
            leftMs = intervalMs - (System.nanoTime() - sinceNs) / 1_000_000;
        }
    }
}
