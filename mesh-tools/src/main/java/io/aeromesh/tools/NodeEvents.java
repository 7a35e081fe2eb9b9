package io.aeromesh.tools;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
     * Told of another node, by whatever name it comes: it may be as it should be the next time, and nobody may end a
     * node by coming to it. A name that is taken on this host is no event, as then there is no node; one that a node
     * gives up is an error of its own.
     */
    private static final Set<ErrorCode> OF_OTHERS = EnumSet.of(ErrorCode.USER_REFUSED, ErrorCode.EDGE_REFUSED,
        ErrorCode.PLACE_FULL, ErrorCode.NAME_TAKEN, ErrorCode.NODE_ID_COLLISION, ErrorCode.TABLE_FULL);
    /** Of each code, as others choose what is in a message and must not drown what another one says. */
    private static final int MESSAGES_MAX = 16;
    private static final long AGAIN_NS = 600_000_000_000L;
    private static final String MORE = ": " + MESSAGES_MAX +
        " different ones have been said in 10 minutes, others are not for a while: see mesh errors";

    private static final String GOES_ON = " The node goes on; this is said once in 10 minutes.";

    private final PrintWriter out;
    private final Runnable onFatal;
    private final NanoClock clock;
    private final long startNs;
    /** When each message was printed: media try again and again, and fail as often. */
    private final Map<ErrorCode, Map<String, Long>> printedNs = new EnumMap<>(ErrorCode.class);
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
        final long nowNs = clock.nanoTime();
        final boolean isLaunching = nowNs - startNs < LAUNCH_NS;
        final boolean hasStopped = error.code().action() == ErrorCode.Action.RESTART_NODE;
        if (fatal == null && (hasStopped || isLaunching && isFatalAtLaunch(error.code())))
        {
            fatal = error;
            onFatal.run();
            return;
        }
        print(error, printedNs.computeIfAbsent(error.code(), code -> new HashMap<>()), nowNs);
    }

    private void print(final MeshException error, final Map<String, Long> ofCodeNs, final long nowNs)
    {
        ofCodeNs.values().removeIf(atNs -> nowNs - atNs >= AGAIN_NS);
        if (ofCodeNs.containsKey(error.getMessage()))
        {
            return;
        }

        final boolean hasRoom = ofCodeNs.size() < MESSAGES_MAX;
        if (ofCodeNs.putIfAbsent(hasRoom ? error.getMessage() : MORE, nowNs) == null)
        {
            print("error " + (hasRoom ? error.getMessage() + (fatal == null ? GOES_ON : "") :
                error.code().id() + " " + error.code() + MORE));
        }
    }

    private static boolean isFatalAtLaunch(final ErrorCode code)
    {
        return !OF_OTHERS.contains(code) &&
            (code.action() != ErrorCode.Action.RETRY || code == ErrorCode.DRIVER_ABSENT);
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
