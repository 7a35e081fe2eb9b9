package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.ChannelPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long after the end of a neighbour messages are delivered here again: from the moment that the node was told, by
 * stream. And how much of that time this thread could not run, because no core was free for it.
 * <p>
 * <b>Threading:</b> the worker's thread.
 */
final class Resumes
{
    private static final Path SCHEDULER_FILE = Path.of("/proc/thread-self/schedstat");
    /** One death ends several edges, one after the other. */
    private static final long SAME_DEATH_NS = 1_000_000_000L;
    private static final int KEPT_MAX = 1000;

    private final List<Resume> resumes = new ArrayList<>();
    private final List<First> firsts = new ArrayList<>();
    private long notices;
    private long noticeNs;
    private long waitedNs;
    private String dead = "";

    /**
     * The first message of a stream after a notice.
     */
    private record Resume(String stream, String peer, String dead, String path, long ns, long waitedNs)
    {
    }

    /**
     * The first message of a session, by the monotonic clock.
     */
    private record First(String stream, String peer, long atNs)
    {
    }

    /**
     * Number of ends that this node was told of.
     */
    long notices()
    {
        return notices;
    }

    void onEdgeDown(final String neighbour)
    {
        final long nowNs = System.nanoTime();
        if (!neighbour.equals(dead) || nowNs - noticeNs > SAME_DEATH_NS)
        {
            notices++;
            noticeNs = nowNs;
            waitedNs = waitedForCoreNs();
            dead = neighbour;
        }
    }

    void onDelivered(final String stream, final String peer, final ChannelPath.Kind path)
    {
        if (resumes.size() < KEPT_MAX)
        {
            resumes.add(new Resume(stream, peer, dead, path.name(), System.nanoTime() - noticeNs,
                waitedForCoreNs() - waitedNs));
        }
    }

    void onFirst(final String stream, final String peer)
    {
        if (firsts.size() < KEPT_MAX)
        {
            firsts.add(new First(stream, peer, System.nanoTime()));
        }
    }

    /**
     * Tells all once.
     */
    void take(final ObjectNode answer)
    {
        final ArrayNode resumed = answer.putArray("resumes");
        resumes.forEach(one -> resumed.addObject().put("stream", one.stream()).put("peer", one.peer())
            .put("dead", one.dead()).put("path", one.path()).put("ns", one.ns()).put("waited_ns", one.waitedNs()));
        resumes.clear();
        final ArrayNode first = answer.putArray("firsts");
        firsts.forEach(one -> first.addObject().put("stream", one.stream()).put("peer", one.peer())
            .put("at_ns", one.atNs()));
        firsts.clear();
    }

    /**
     * Time that this thread was ready and not running, in nanoseconds; 0 where the kernel does not tell.
     */
    private static long waitedForCoreNs()
    {
        try
        {
            return Long.parseLong(Files.readString(SCHEDULER_FILE, StandardCharsets.US_ASCII).trim().split(" ")[1]);
        }
        catch (final IOException | RuntimeException ex)
        {
            return 0;
        }
    }
}
