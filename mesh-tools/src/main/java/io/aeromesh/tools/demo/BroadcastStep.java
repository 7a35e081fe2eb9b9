package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A broadcast channel among all nodes, in a graph that has a ring: every node sends, every other receives each
 * message once, in order per source.
 */
final class BroadcastStep implements Step
{
    private static final String NAME = "news";
    private static final int WINDOW_LENGTH = 1 << 18;
    private static final int MESSAGE_LENGTH = 32;
    private static final Duration JOIN_BOUND = Duration.ofSeconds(20);

    private final long messages;
    private final Map<String, JsonNode> last = new TreeMap<>();

    BroadcastStep(final long messages)
    {
        this.messages = messages;
    }

    @Override
    public String key()
    {
        return "broadcast";
    }

    @Override
    public String title()
    {
        return "3  A broadcast channel: every node sends " + Numbers.grouped(messages) +
            " messages, every other receives each once";
    }

    @Override
    public void run(final Cluster cluster, final StepReport report)
    {
        final List<String> nodes = cluster.layout().nodes();
        cluster.askAll(child ->
        {
            final ObjectNode command = child.command("broadcast").put("name", NAME).put("window", WINDOW_LENGTH);
            command.putArray("lengths").add(MESSAGE_LENGTH);
            return command;
        });
        cluster.await().until("all nodes to join the broadcast channel", JOIN_BOUND, this::members, () ->
        {
            read(cluster);
            return last.values().stream().allMatch(node -> node.path("members").size() == nodes.size() - 1);
        });

        final long startNs = System.nanoTime();
        try
        {
            cluster.askAll(child -> child.command("send").put("name", NAME).put("count", messages));
            cluster.await().untilReached("the delivery of all broadcast messages", Traffic.STALL_BOUND, () ->
            {
                read(cluster);
                return messages * nodes.size() * (nodes.size() - 1) - tally(nodes).delivered();
            }, () -> Numbers.grouped(tally(nodes).delivered()) + " delivered");
        }
        finally
        {
            final Tally tally = tally(nodes);
            report.add(tally);
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            report.details().put("messages_each_node", messages).put("members", nodes.size())
                .put("deliveries_per_s", Math.round(tally.delivered() / seconds));
            report.progress().line(String.format(Locale.ROOT, "%s sent to 5 others each: %s deliveries in %.2f s",
                Numbers.grouped(messages * nodes.size()), Numbers.grouped(tally.delivered()), seconds));
        }
        checkFaults(report);
        cluster.askAll(child -> child.command("end").put("name", NAME));
    }

    private void read(final Cluster cluster)
    {
        final Map<String, CompletableFuture<JsonNode>> answers = new TreeMap<>();
        cluster.layout().nodes().forEach(node -> answers.put(node,
            cluster.child(node).send(cluster.child(node).command("read").put("name", NAME))));
        answers.forEach((node, answer) -> last.put(node,
            cluster.await().answer("counts of " + node, Cluster.ANSWER_BOUND, answer)));
    }

    /**
     * Each pair of a source and a receiver is a stream of its own.
     */
    private Tally tally(final List<String> nodes)
    {
        Tally tally = Tally.NONE;
        for (final String source : nodes)
        {
            for (final String receiver : nodes)
            {
                if (!source.equals(receiver) && last.containsKey(source) && last.containsKey(receiver))
                {
                    tally = tally.plus(Tally.of(last.get(source), last.get(receiver).path("sources").path(source)));
                }
            }
        }
        return tally;
    }

    private void checkFaults(final StepReport report)
    {
        last.forEach((receiver, counts) -> counts.path("sources").properties().forEach(source ->
        {
            final String fault = source.getValue().path("first_fault").asText();
            if (!fault.isEmpty())
            {
                report.fail(receiver + " found from " + source.getKey() + ": " + fault);
            }
        }));
    }

    private String members()
    {
        final StringBuilder text = new StringBuilder();
        last.forEach((node, counts) -> text.append(node).append(counts.path("members"))
            .append(counts.path("rejected").asText()).append(' '));
        return text.toString().trim();
    }
}
