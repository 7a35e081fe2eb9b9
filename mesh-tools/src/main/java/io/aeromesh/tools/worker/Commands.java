package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.MeshNode;
import io.aeromesh.PingReport;
import io.aeromesh.Reply;
import io.aeromesh.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does what the parent asks of a node: each command is answered once, under its id, with {@code ok} or {@code error}.
 * <p>
 * <b>Threading:</b> the worker's thread.
 */
final class Commands
{
    private final MeshNode node;
    private final CommandPort port;
    private final Resumes resumes;
    private final Map<String, Workload> workloads = new LinkedHashMap<>();
    private final List<Pending<?>> pending = new ArrayList<>();
    private boolean yields;
    private long closeId = -1;

    /**
     * An answer that the node still works on.
     */
    private record Pending<T>(long id, Reply<T> reply)
    {
    }

    Commands(final MeshNode node, final CommandPort port, final Resumes resumes)
    {
        this.node = node;
        this.port = port;
        this.resumes = resumes;
    }

    /**
     * Whether the worker is to stay runnable when idle.
     */
    boolean yields()
    {
        return yields;
    }

    /**
     * Whether the worker is to end.
     */
    boolean closing()
    {
        return closeId >= 0;
    }

    int doWork()
    {
        int work = 0;
        for (final Workload workload : workloads.values())
        {
            work += workload.doWork();
        }

        final ObjectNode command = port.poll();
        if (command != null)
        {
            execute(command);
            work++;
        }
        return pending.isEmpty() ? work : work + answerPending();
    }

    void close()
    {
        workloads.values().forEach(Workload::close);
        workloads.clear();
    }

    void acknowledgeClose()
    {
        port.write(port.object().put("id", closeId).put("ok", true));
    }

    private void execute(final ObjectNode command)
    {
        final long id = command.path("id").asLong();
        final ObjectNode answer = port.object().put("id", id);
        try
        {
            if (dispatch(id, command, answer))
            {
                port.write(answer.put("ok", true));
            }
        }
        catch (final RuntimeException ex)
        {
            ex.printStackTrace();
            port.write(port.object().put("id", id).put("error", ex.toString()));
        }
    }

    /**
     * @return whether the answer is complete.
     */
    private boolean dispatch(final long id, final ObjectNode command, final ObjectNode answer)
    {
        final String name = command.path("name").asText();
        switch (command.path("do").asText())
        {
            case "flow" -> workloads.put(name, new ChannelFlow(node, command.path("peer").asText(), name,
                command.path("window").asInt(), lengths(command)));
            case "broadcast" -> workloads.put(name, new BroadcastFlow(node, name, command.path("window").asInt(),
                lengths(command)));
            case "echo" -> workloads.put(name, new Echo(node, command.path("peer").asText(), name));
            case "round_trips" -> workloads.put(name, new RoundTrips(node, command.path("peer").asText(), name,
                command.path("warmup").asLong(), command.path("samples").asLong(), command.path("bound_ns").asLong()));
            case "send" -> sender(name).send(command.path("count").asLong());
            case "stop" -> sender(name).stop();
            case "arm" -> ((ChannelFlow)workload(name)).gap().arm(System.nanoTime());
            case "read" -> workload(name).describe(answer);
            case "end" -> end(name);
            case "stream" -> workloads.put(name, new StreamFlow(node, StreamSpec.of(command), resumes));
            case "go" -> streams().forEach(stream -> stream.go(System.nanoTime()));
            case "rest" -> streams().forEach(StreamFlow::rest);
            case "resumes" -> resumes.take(answer);
            case "memory" -> NodeMemory.describe(node, answer);
            case "counters" -> NodeMemory.describeCounters(node, answer);
            case "idle" -> yields = "yield".equals(command.path("how").asText());
            case "status" -> describe(answer);
            case "guard" -> guard(command);
            case "ping" -> pending.add(new Pending<>(id, node.ping(command.path("node").asText())));
            case "topology" -> pending.add(new Pending<>(id, node.topology()));
            case "close" -> closeId = id;
            default -> throw new IllegalArgumentException("unknown command: " + command);
        }

        return switch (command.path("do").asText())
        {
            case "ping", "topology", "close" -> false;
            default -> true;
        };
    }

    private int answerPending()
    {
        int work = 0;
        for (final Iterator<Pending<?>> all = pending.iterator(); all.hasNext();)
        {
            final Pending<?> next = all.next();
            if (next.reply().isDone())
            {
                all.remove();
                work++;
                answer(next);
            }
        }
        return work;
    }

    private void answer(final Pending<?> done)
    {
        final ObjectNode answer = port.object().put("id", done.id());
        try
        {
            final Object result = done.reply().get();
            if (result instanceof PingReport report)
            {
                final ArrayNode hops = answer.put("complete", report.complete()).putArray("hops");
                report.hops().forEach(hop -> hops.addObject().put("node", hop.node()).put("edge", hop.edge())
                    .put("round_trip_ns", hop.roundTripNs()));
            }
            else if (result instanceof Topology topology)
            {
                answer.put("text", topology.toText()).put("dot", topology.toDot())
                    .set("topology", port.parse(topology.toJson()));
            }
            port.write(answer.put("ok", true));
        }
        catch (final RuntimeException ex)
        {
            port.write(port.object().put("id", done.id()).put("error", ex.toString()));
        }
    }

    private void describe(final ObjectNode answer)
    {
        final ArrayNode edges = answer.putArray("edges");
        node.edges().forEach(edge -> edges.addObject().put("name", edge.name()).put("peer", edge.peer())
            .put("state", edge.state().name()).put("transport", edge.transport()).put("cost", edge.cost())
            .put("round_trip_ns", edge.roundTripNs()));
        final ObjectNode routes = answer.putObject("routes");
        node.routes().forEach(route -> routes.putObject(route.destination()).put("next_hop", route.nextHop())
            .put("edge", route.edge()).put("metric", route.metric()));
        final ObjectNode all = answer.putObject("workloads");
        workloads.forEach((name, workload) -> workload.describe(all.putObject(name)));
    }

    private void guard(final ObjectNode command)
    {
        final List<Long> pids = new ArrayList<>();
        command.path("pids").forEach(pid -> pids.add(pid.asLong()));
        port.guard().watch(pids, Path.of(command.path("directory").asText()));
    }

    private void end(final String name)
    {
        workload(name).close();
        workloads.remove(name);
    }

    private Sender sender(final String name)
    {
        final Workload workload = workload(name);
        return workload instanceof BroadcastFlow flow ? flow.sender() : ((ChannelFlow)workload).sender();
    }

    private List<StreamFlow> streams()
    {
        return workloads.values().stream().filter(StreamFlow.class::isInstance).map(StreamFlow.class::cast).toList();
    }

    private Workload workload(final String name)
    {
        final Workload workload = workloads.get(name);
        if (workload == null)
        {
            throw new IllegalArgumentException("no workload '" + name + "', there are " + workloads.keySet());
        }
        return workload;
    }

    private static int[] lengths(final ObjectNode command)
    {
        final JsonNode lengths = command.path("lengths");
        final int[] result = new int[lengths.size()];
        for (int i = 0; i < result.length; i++)
        {
            result[i] = lengths.get(i).asInt();
        }
        return result;
    }
}
