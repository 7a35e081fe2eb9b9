package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of messages. A broadcast message counts once for each node that it is owed to.
 *
 * @param sent                 accepted by channels.
 * @param delivered            to the receiving application, whole and once.
 * @param duplicates           delivered again.
 * @param outOfOrder           delivered late.
 * @param corrupt              delivered with other bytes than were sent.
 * @param undeliveredReported  of unknown outcome, and the sender was told.
 */
record Tally(long sent, long delivered, long duplicates, long outOfOrder, long corrupt, long undeliveredReported)
{
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    /**
     * One direction of a stream: what its sender and what its receiver counted.
     */
    static Tally of(final JsonNode sender, final JsonNode receiver)
    {
        return new Tally(sender.path("sent").asLong(), receiver.path("delivered").asLong(),
            receiver.path("duplicates").asLong(), receiver.path("out_of_order").asLong(),
            receiver.path("corrupt").asLong(), sender.path("undelivered_reported").asLong());
    }

    Tally plus(final Tally other)
    {
        return new Tally(sent + other.sent, delivered + other.delivered, duplicates + other.duplicates,
            outOfOrder + other.outOfOrder, corrupt + other.corrupt, undeliveredReported + other.undeliveredReported);
    }

    /**
     * Neither delivered nor reported.
     */
    long lost()
    {
        return Math.max(0, sent - delivered - undeliveredReported);
    }

    /**
     * Whether nothing was lost, doubled, disordered or changed.
     */
    boolean isClean()
    {
        return lost() == 0 && duplicates == 0 && outOfOrder == 0 && corrupt == 0;
    }

    void describe(final ObjectNode json)
    {
        json.put("sent", sent).put("delivered", delivered).put("duplicates", duplicates)
            .put("out_of_order", outOfOrder).put("lost", lost()).put("corrupt", corrupt)
            .put("undelivered_reported", undeliveredReported);
    }
}
