package io.aeromesh.tools.process;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Says what happens, a line each, with the time since the start. Any thread.
 */
public final class Progress
{
    private static final double NS_PER_S = 1e9;

    private final PrintWriter out;
    private final long startNs = System.nanoTime();
    private boolean silent;

    public Progress(final PrintWriter out)
    {
        this.out = out;
    }

    /**
     * Begins a step.
     */
    public void title(final String text)
    {
        print(String.format(Locale.ROOT, "%n[%5.1f s] %s", seconds(), text));
    }

    /**
     * Something happened within a step.
     */
    public void line(final String text)
    {
        print(String.format(Locale.ROOT, "[%5.1f s]   %s", seconds(), text));
    }

    /**
     * Lines as they are, such as a picture.
     */
    public void block(final String text)
    {
        print(text.indent(11).stripTrailing());
    }

    /**
     * Lines as they are, at the left.
     */
    public synchronized void print(final String text)
    {
        if (!silent)
        {
            out.println(text);
            out.flush();
        }
    }

    /**
     * Says no more: the user has asked to stop.
     */
    public synchronized void silence()
    {
        silent = true;
    }

    public double seconds()
    {
        return (System.nanoTime() - startNs) / NS_PER_S;
    }
}
