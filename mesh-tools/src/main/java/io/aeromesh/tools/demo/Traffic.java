package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.ProcessFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A channel between two nodes on which both send checked messages at once.
 * <p>
 * <b>Threading:</b> the demo's main thread.
 */
final class Traffic
{
    static final Duration STALL_BOUND = Duration.ofSeconds(20);
    private static final Duration OPEN_BOUND = Duration.ofSeconds(20);
    private static final long ENDLESS = Long.MAX_VALUE / 2;

    private final Cluster cluster;
    private final String name;
    private final List<String> ends;
    private JsonNode left;
    private JsonNode right;

    private Traffic(final Cluster cluster, final String name, final String left, final String right)
    {
        this.cluster = cluster;
        this.name = name;
        this.ends = List.of(left, right);
    }

    /**
     * Opens both ends and waits until they have met.
     */
    static Traffic open(final Cluster cluster, final String name, final int window, final int... lengths)
    {
        final Traffic traffic = new Traffic(cluster, name, "A", "F");
        for (int i = 0; i < 2; i++)
        {
            final ObjectNode command = cluster.child(traffic.ends.get(i)).command("flow").put("name", name)
                .put("peer", traffic.ends.get(1 - i)).put("window", window);
            final ArrayNode array = command.putArray("lengths");
            for (final int length : lengths)
            {
                array.add(length);
            }
            cluster.ask(traffic.ends.get(i), command);
        }
        cluster.await().until("channel '" + name + "' between A and F to connect", OPEN_BOUND, traffic::states, () ->
        {
            traffic.read();
            return traffic.isConnected(traffic.left) && traffic.isConnected(traffic.right);
        });
        return traffic;
    }

    /**
     * Sends each way without end while something is done, then waits for all that was sent, closes the channel and
     * reports. If what is done fails, what was sent is still given time to come.
     */
    void during(final StepReport report, final Runnable action)
    {
        try
        {
            sendEndlessly();
            action.run();
            stopAndDrain();
        }
        catch (final ProcessFailure failure)
        {
            settle(failure);
            throw failure;
        }
        finally
        {
            report.add(this);
        }
        end();
    }

    /**
     * Sends that many more each way.
     */
    void send(final long count)
    {
        ends.forEach(end -> cluster.ask(end, command(end, "send").put("count", count)));
    }

    /**
     * Waits until each way so many more have been delivered.
     */
    void awaitMore(final String when, final long count, final Duration bound)
    {
        read();
        final long leftTarget = delivered(left) + count;
        final long rightTarget = delivered(right) + count;
        cluster.await().until(count + " messages each way " + when, bound, this::howFar, () ->
        {
            read();
            return delivered(left) >= leftTarget && delivered(right) >= rightTarget;
        });
    }

    /**
     * Waits until all that was sent is delivered or reported.
     *
     * @param count that each end was told to send; more may have been sent.
     */
    void drain(final long count)
    {
        cluster.await().untilReached("the delivery of all of channel '" + name + "'", STALL_BOUND, () ->
        {
            read();
            return missing(left, right, count) + missing(right, left, count);
        }, this::howFar);
    }

    /**
     * Starts to look for the longest silence.
     */
    void arm()
    {
        ends.forEach(end -> cluster.ask(end, command(end, "arm")));
    }

    /**
     * Reads both ends' counts.
     */
    void read()
    {
        final CompletableFuture<JsonNode> first = cluster.child(ends.get(0)).send(command(ends.get(0), "read"));
        final CompletableFuture<JsonNode> second = cluster.child(ends.get(1)).send(command(ends.get(1), "read"));
        left = cluster.await().answer("counts of A", Cluster.ANSWER_BOUND, first);
        right = cluster.await().answer("counts of F", Cluster.ANSWER_BOUND, second);
    }

    /**
     * Counts of both directions as last read.
     */
    Tally tally()
    {
        return Tally.of(left, right).plus(Tally.of(right, left));
    }

    /**
     * Sessions that have ended, which none should.
     */
    long sessionsEnded()
    {
        return left.path("sessions_ended").asLong() + right.path("sessions_ended").asLong();
    }

    /**
     * The longest silence of either direction as last read, in nanoseconds.
     */
    long gapNs()
    {
        return Math.max(left.path("gap_ns").asLong(), right.path("gap_ns").asLong());
    }

    /**
     * From that moment until the longest silence was over in both directions, in nanoseconds.
     */
    long resumedAfterNs(final long momentNs)
    {
        return Math.max(left.path("gap_end_ns").asLong(), right.path("gap_end_ns").asLong()) - momentNs;
    }

    /**
     * First thing that a receiver found wrong; empty: nothing.
     */
    String firstFault()
    {
        final String fault = left.path("first_fault").asText();
        return fault.isEmpty() ? right.path("first_fault").asText() : fault;
    }

    String howFar()
    {
        return "A sent " + left.path("sent").asLong() + " got " + delivered(left) +
            ", F sent " + right.path("sent").asLong() + " got " + delivered(right) + states();
    }

    /**
     * Closes both ends.
     */
    void end()
    {
        ends.forEach(end -> cluster.ask(end, command(end, "end")));
    }

    private void sendEndlessly()
    {
        send(ENDLESS);
    }

    private void stopAndDrain()
    {
        ends.forEach(end -> cluster.ask(end, command(end, "stop")));
        drain(0);
    }

    private void settle(final ProcessFailure failure)
    {
        try
        {
            stopAndDrain();
        }
        catch (final ProcessFailure ex)
        {
            failure.addSuppressed(ex);
        }
    }

    private String states()
    {
        return left == null ? "" : ", " + left.path("state").asText() + left.path("rejected").asText() +
            "/" + right.path("state").asText() + right.path("rejected").asText();
    }

    private boolean isConnected(final JsonNode end)
    {
        return "CONNECTED".equals(end.path("state").asText());
    }

    private ObjectNode command(final String end, final String verb)
    {
        return cluster.child(end).command(verb).put("name", name);
    }

    private static long delivered(final JsonNode end)
    {
        return end.path("delivered").asLong();
    }

    private static long missing(final JsonNode sender, final JsonNode receiver, final long count)
    {
        return Math.max(count, sender.path("sent").asLong()) - delivered(receiver) -
            receiver.path("corrupt").asLong() - sender.path("undelivered_reported").asLong();
    }
}
