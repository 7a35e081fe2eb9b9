package io.aeromesh.tools.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.SessionReport;
import io.aeromesh.tools.process.Numbers;
import java.util.Locale;

/**
 * What became of one stream, for people and for programs.
 *
 * @param isSender     whether this side sent it.
 * @param peer         node at the other end.
 * @param channel      name.
 * @param end          how it ended.
 * @param reason       of the session's end, or null where it lasted.
 * @param bytes        sent and accepted by the channel, or received and written.
 * @param messages     likewise.
 * @param ackedBytes   known to be consumed by the other end; for a receiver, what it wrote.
 * @param ackedMessages likewise.
 * @param rest         what is known of what was accepted and is not acknowledged.
 * @param seconds      since the two ends were connected.
 */
public record StreamReport(
    boolean isSender,
    String peer,
    String channel,
    End end,
    SessionReport.EndReason reason,
    long bytes,
    long messages,
    long ackedBytes,
    long ackedMessages,
    SessionReport.Outcome rest,
    double seconds)
{
    private static final double BYTES_PER_MB = 1e6;

    /**
     * How a stream ended.
     */
    public enum End
    {
        /** All of it is there. */
        COMPLETE,
        /** The other end has gone, or broke the protocol. */
        BROKEN,
        /** This end had to stop: the user has asked for it, or it could not go on. */
        STOPPED
    }

    /**
     * One line.
     */
    public String toText()
    {
        final String where = isSender ? " to " + peer + "/" + channel : " from " + peer + "/" + channel;
        final StringBuilder text = new StringBuilder(isSender ? "sent " : "received ")
            .append(amount(bytes, messages)).append(where);
        if (end != End.COMPLETE)
        {
            text.append(", then ").append(end == End.STOPPED ? "stopped" : describe(reason));
        }
        if (isSender)
        {
            text.append(bytes == ackedBytes && messages == ackedMessages ? ", all acknowledged" :
                "; acknowledged: " + amount(ackedBytes, ackedMessages) + "; " + describe(rest) + ": " +
                    amount(bytes - ackedBytes, messages - ackedMessages));
            text.append(end == End.COMPLETE ? "" : "; the rest of the input was not sent");
        }
        else if (end != End.COMPLETE)
        {
            text.append("; all of that is written, whether there was more is unknown");
        }
        return text.append(String.format(Locale.ROOT, "; %.2f s, %.1f MB/s", seconds, megabytesPerSecond()))
            .toString();
    }

    /**
     * An object with the same.
     */
    public ObjectNode toJson()
    {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("direction", isSender ? "send" : "recv").put("peer", peer).put("channel", channel)
            .put("end", end.name()).put("reason", reason == null ? null : reason.name())
            .put("bytes", bytes).put("messages", messages);
        if (isSender)
        {
            json.put("acknowledged_bytes", ackedBytes).put("acknowledged_messages", ackedMessages)
                .put("rest", rest.name());
        }
        return json.put("seconds", Numbers.rounded(seconds)).put("mb_per_s", Numbers.rounded(megabytesPerSecond()));
    }

    private double megabytesPerSecond()
    {
        return seconds > 0 ? ackedBytes / BYTES_PER_MB / seconds : 0;
    }

    private static String amount(final long bytes, final long messages)
    {
        return bytes + " bytes in " + messages + (messages == 1 ? " message" : " messages");
    }

    private static String describe(final SessionReport.Outcome outcome)
    {
        return outcome == SessionReport.Outcome.NOT_CONSUMED ? "not consumed" : "outcome unknown";
    }

    private static String describe(final SessionReport.EndReason reason)
    {
        return switch (reason)
        {
            case PEER_DIED -> "the other end's process has died";
            case PEER_RESTARTED -> "the other end's node was restarted";
            case CLOSED_BY_PEER -> "the other end has closed";
            case REPLACED_BY_PEER -> "the other end has begun anew";
            case RESET_BY_PEER -> "the other end does not know the session any more";
            case PROTOCOL_ERROR -> "the other end broke the protocol";
            default -> "this end was closed";
        };
    }
}
