package io.aeromesh.tools;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import org.agrona.concurrent.NanoClock;

/**
 * Prints a node's events, and finds the error that its process is to end with: one that has stopped the node, at any
 * time, or one that makes a launch pointless, which is an absent driver, or what only the configuration can mend and
 * shows itself soon after the start. Later the same error is somebody else's, and is printed.
 * <p>
 * <b>Threading:</b> any.
 */
final class NodeEvents implements NodeListener
{
    private static final long LAUNCH_NS = 5_000_000_000L;

    private final PrintWriter out;
    private final Runnable onFatal;
    private final NanoClock clock;
    private final Set<ErrorCode> ofOthers;
    private final long startNs;
    private MeshException fatal;

    /**
     * @param onFatal  called when the node is to be closed.
     * @param ofOthers errors that whoever comes in may have made: they end no process.
     */
    NodeEvents(final PrintWriter out, final Runnable onFatal, final Set<ErrorCode> ofOthers)
    {
        this(out, onFatal, ofOthers, System::nanoTime);
    }

    NodeEvents(
        final PrintWriter out, final Runnable onFatal, final Set<ErrorCode> ofOthers, final NanoClock clock)
    {
        this.ofOthers = ofOthers;
        this.out = out;
        this.onFatal = onFatal;
        this.clock = clock;
        startNs = clock.nanoTime();
    }

    @Override
    public void onEdgeUp(final String edge, final String peer)
    {
        print("edge " + edge + " up, to " + peer);
    }

    @Override
    public void onEdgeDown(final String edge, final String peer, final String reason)
    {
        print("edge " + edge + " down, to " + peer + ": " + reason);
    }

    @Override
    public void onRoute(final String destination, final String nextHop, final int metric)
    {
        print("route to " + destination + " by " + nextHop + ", metric " + metric);
    }

    @Override
    public void onRouteLost(final String destination)
    {
        print("route to " + destination + " lost");
    }

    @Override
    public synchronized void onError(final MeshException error)
    {
        final boolean launching = clock.nanoTime() - startNs < LAUNCH_NS;
        final boolean hasStopped = error.code().action() == ErrorCode.Action.RESTART_NODE;
        if (fatal == null && (hasStopped || launching && isFatalAtLaunch(error.code())))
        {
            fatal = error;
            onFatal.run();
        }
        else
        {
            print("error " + error.getMessage());
        }
    }

    private boolean isFatalAtLaunch(final ErrorCode code)
    {
        return !ofOthers.contains(code) && (code.action() != ErrorCode.Action.RETRY || code == ErrorCode.DRIVER_ABSENT);
    }

    /**
     * Why the process is to end; null: it is not.
     */
    synchronized MeshException fatal()
    {
        return fatal;
    }

    synchronized void print(final String text)
    {
        out.println(String.format(Locale.ROOT, "%9.3f  %s", (clock.nanoTime() - startNs) / 1e9, text));
        out.flush();
    }
}
