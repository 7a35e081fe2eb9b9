package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageOrigin;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends back what it gets, one message at a time.
 * <p>
 * <b>Threading:</b> the worker's thread. <b>Allocation:</b> none while running.
 */
final class Echo implements Workload
{
    private final Channel channel;
    private final UnsafeBuffer held = new UnsafeBuffer(new byte[RoundTrips.MESSAGE_LENGTH]);
    private final MessageHandler handler = this::onMessage;
    private long echoed;
    private int heldLength = -1;

    Echo(final MeshNode node, final String peer, final String name)
    {
        channel = node.open(ChannelSpec.to(peer).named(name).mode(ChannelSpec.Mode.PROXY));
    }

    @Override
    public int doWork()
    {
        if (heldLength < 0)
        {
            channel.poll(handler, 1);
        }
        if (heldLength >= 0 && channel.offer(held, 0, heldLength) >= 0)
        {
            heldLength = -1;
            echoed++;
            return 1;
        }
        return 0;
    }

    @Override
    public void describe(final ObjectNode json)
    {
        json.put("state", channel.state().name()).put("echoed", echoed);
    }

    @Override
    public void close()
    {
        channel.close();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        heldLength = Math.min(length, held.capacity());
        held.putBytes(0, buffer, offset, heldLength);
    }
}
