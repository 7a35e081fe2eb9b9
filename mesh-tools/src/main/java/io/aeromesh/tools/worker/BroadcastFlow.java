package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastListener;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageOrigin;
import io.aeromesh.SessionReport;
import io.aeromesh.error.MeshException;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * One member of a broadcast channel on which every member sends checked messages.
 * <p>
 * <b>Threading:</b> the worker's thread.
 */
final class BroadcastFlow implements Workload, BroadcastListener
{
    private static final int POLL_LIMIT = 256;
    private static final String EVERYBODY = "*";

    private final String name;
    private final int[] lengths;
    private final BroadcastChannel channel;
    private final Sender sender;
    private final Map<String, Ledger> ledgers = new TreeMap<>();
    private final MessageHandler handler = this::onMessage;
    private String rejected = "";

    BroadcastFlow(final MeshNode node, final String name, final int windowLength, final int... lengths)
    {
        this.name = name;
        this.lengths = lengths.clone();
        sender = new Sender(Pattern.streamOf(node.name(), EVERYBODY, name), windowLength, lengths);
        channel = node.open(BroadcastSpec.named(name).windowLength(windowLength)
            .slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE).listener(this));
    }

    Sender sender()
    {
        return sender;
    }

    @Override
    public int doWork()
    {
        return Math.max(channel.poll(handler, POLL_LIMIT), 0) + sender.doWork(channel);
    }

    @Override
    public void onMemberLeft(final BroadcastChannel left, final SessionReport report)
    {
        sender.onSessionEnded(report);
    }

    @Override
    public void onRejected(final BroadcastChannel refused, final MeshException error)
    {
        rejected = error.getMessage();
    }

    @Override
    public void describe(final ObjectNode json)
    {
        final ArrayNode members = json.putArray("members");
        channel.members().forEach(members::add);
        json.put("rejected", rejected).put("accepted_position", channel.acceptedPosition())
            .put("acknowledged_position", channel.acknowledgedPosition());
        sender.describe(json);
        final ObjectNode sources = json.putObject("sources");
        ledgers.forEach((source, ledger) -> ledger.describe(sources.putObject(source)));
    }

    @Override
    public void close()
    {
        channel.close();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        final String source = origin.source();
        Ledger ledger = ledgers.get(source);
        if (ledger == null)
        {
            ledger = new Ledger(Pattern.streamOf(source, EVERYBODY, name), lengths);
            ledgers.put(source, ledger);
        }
        ledger.onMessage(buffer, offset, length);
    }
}
