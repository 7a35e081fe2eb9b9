package io.aeromesh.tools;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.HashSet;
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

    /**
     * Of who comes to this node, or of whom it comes to: they may be as they should be the next time, and nobody may
     * end a node by coming to it.
     */
    private static final Set<ErrorCode> REFUSALS =
        EnumSet.of(ErrorCode.USER_REFUSED, ErrorCode.EDGE_REFUSED, ErrorCode.PLACE_FULL);
    private static final int REFUSALS_MAX = 64;

    private final PrintWriter out;
    private final Runnable onFatal;
    private final NanoClock clock;
    private final long startNs;
    /** Refusals since an edge came up last: media try again and again, and are refused as often. */
    private final Set<String> refusals = new HashSet<>();
    private MeshException fatal;

    /**
     * @param onFatal called when the node is to be closed.
     */
    NodeEvents(final PrintWriter out, final Runnable onFatal)
    {
        this(out, onFatal, System::nanoTime);
    }

    NodeEvents(final PrintWriter out, final Runnable onFatal, final NanoClock clock)
    {
        this.out = out;
        this.onFatal = onFatal;
        this.clock = clock;
        startNs = clock.nanoTime();
    }

    @Override
    public synchronized void onEdgeUp(final String edge, final String peer)
    {
        refusals.clear();
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
        else if (!REFUSALS.contains(error.code()))
        {
            print("error " + error.getMessage());
        }
        else if (refusals.size() < REFUSALS_MAX && refusals.add(error.getMessage()))
        {
            print("error " + error.getMessage() + " The node goes on and tries again; this is said once.");
        }
    }

    private boolean isFatalAtLaunch(final ErrorCode code)
    {
        return !REFUSALS.contains(code) && (code.action() != ErrorCode.Action.RETRY || code == ErrorCode.DRIVER_ABSENT);
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
