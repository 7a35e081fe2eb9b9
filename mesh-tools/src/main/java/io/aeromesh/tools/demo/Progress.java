package io.aeromesh.tools.demo;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Says what happens, a line each, with the time since the start. Any thread.
 */
final class Progress
{
    private static final double NS_PER_S = 1e9;

    private final PrintWriter out;
    private final long startNs = System.nanoTime();
    private boolean silent;

    Progress(final PrintWriter out)
    {
        this.out = out;
    }

    /**
     * Begins a step.
     */
    void title(final String text)
    {
        print(String.format(Locale.ROOT, "%n[%5.1f s] %s", seconds(), text));
    }

    /**
     * Something happened within a step.
     */
    void line(final String text)
    {
        print(String.format(Locale.ROOT, "[%5.1f s]   %s", seconds(), text));
    }

    /**
     * Lines as they are, such as a picture.
     */
    void block(final String text)
    {
        print(text.indent(11).stripTrailing());
    }

    /**
     * Lines as they are, at the left.
     */
    synchronized void print(final String text)
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
    synchronized void silence()
    {
        silent = true;
    }

    double seconds()
    {
        return (System.nanoTime() - startNs) / NS_PER_S;
    }
}
