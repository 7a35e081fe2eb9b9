package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Numbers;
import java.time.Duration;
import java.util.List;

/**
 * Round trips over a proxy channel along paths of one to four hops, one message under way at a time.
 */
final class RoundTripStep implements Step
{
    private static final Duration PATH_BOUND = Duration.ofSeconds(2);
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(30);
    private static final String CHANNEL = "rtt-";

    private final long samples;

    private record Path(String to, int hops, String edges)
    {
    }

    private static final List<Path> PATHS = List.of(
        new Path("B", 1, "shm"),
        new Path("C", 2, "shm, ipc"),
        new Path("D", 3, "shm, ipc, udp"),
        new Path("F", 4, "shm, ipc, udp, shm"));

    RoundTripStep(final long samples)
    {
        this.samples = samples;
    }

    @Override
    public String key()
    {
        return "rtt";
    }

    @Override
    public String title()
    {
        return "   The same channel's round trip, over one hop to four";
    }

    @Override
    public void run(final Cluster cluster, final StepReport report)
    {
        cluster.askAll(child -> child.command("idle").put("how", "yield"));
        for (final Path path : PATHS)
        {
            final JsonNode result = measure(cluster, path);
            final String name = "A-" + path.to;
            report.details().putObject(name).put("hops", path.hops).put("edges", path.edges)
                .put("count", result.path("count").asLong())
                .put("p50_us", Numbers.us(result.path("p50_ns").asLong()))
                .put("p99_us", Numbers.us(result.path("p99_ns").asLong()))
                .put("p99_9_us", Numbers.us(result.path("p99_9_ns").asLong()))
                .put("max_us", Numbers.us(result.path("max_ns").asLong()));
            report.progress().line(name + " (" + path.edges + "): p50 " +
                Numbers.time(result.path("p50_ns").asLong()) + ", p99 " +
                Numbers.time(result.path("p99_ns").asLong()));
        }
        cluster.askAll(child -> child.command("idle").put("how", "park"));
    }

    private JsonNode measure(final Cluster cluster, final Path path)
    {
        final String name = CHANNEL + path.to;
        cluster.ask(path.to, cluster.child(path.to).command("echo").put("name", name).put("peer", "A"));
        final ObjectNode probe = cluster.child("A").command("round_trips").put("name", name).put("peer", path.to)
            .put("warmup", samples / 4).put("samples", samples).put("bound_ns", PATH_BOUND.toNanos());
        cluster.ask("A", probe);

        final ObjectNode[] last = new ObjectNode[1];
        cluster.await().until("round trips from A to " + path.to, ANSWER_BOUND, () -> String.valueOf(last[0]), () ->
        {
            last[0] = (ObjectNode)cluster.ask("A", cluster.child("A").command("read").put("name", name));
            return last[0].path("done").asBoolean();
        });
        cluster.ask("A", cluster.child("A").command("end").put("name", name));
        cluster.ask(path.to, cluster.child(path.to).command("end").put("name", name));
        return last[0];
    }
}
