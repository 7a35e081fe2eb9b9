package io.aeromesh.tools;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Prints a node's events, and finds the error that makes a launch pointless: an absent driver, or one that only the
 * configuration can mend, which shows itself soon after the start. Later the same error is somebody else's, and is
 * printed.
 * <p>
 * <b>Threading:</b> any.
 */
final class NodeEvents implements NodeListener
{
    private static final long LAUNCH_NS = 5_000_000_000L;

    private final PrintWriter out;
    private final Runnable onFatal;
    private final long startNs = System.nanoTime();
    private MeshException fatal;

    /**
     * @param onFatal called when the node is to be closed.
     */
    NodeEvents(final PrintWriter out, final Runnable onFatal)
    {
        this.out = out;
        this.onFatal = onFatal;
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
        final boolean launching = System.nanoTime() - startNs < LAUNCH_NS;
        if (launching && fatal == null && isFatalAtLaunch(error.code()))
        {
            fatal = error;
            onFatal.run();
        }
        else
        {
            print("error " + error.getMessage());
        }
    }

    private static boolean isFatalAtLaunch(final ErrorCode code)
    {
        return code.action() != ErrorCode.Action.RETRY || code == ErrorCode.DRIVER_ABSENT;
    }

    /**
     * Why the launch has failed; null: it has not.
     */
    synchronized MeshException fatal()
    {
        return fatal;
    }

    synchronized void print(final String text)
    {
        out.println(String.format(Locale.ROOT, "%9.3f  %s", (System.nanoTime() - startNs) / 1e9, text));
        out.flush();
    }
}
