package io.aeromesh.tools.worker;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Measures round trips to an {@link Echo}: one message under way at a time.
 * <p>
 * <b>Threading:</b> the worker's thread. <b>Allocation:</b> none while measuring.
 */
final class RoundTrips implements Workload
{
    static final int MESSAGE_LENGTH = 32;
    private static final long HIGHEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final int WARMUP_SHARE = 4;

    private final Channel channel;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
    private final Histogram histogram = new Histogram(HIGHEST_NS, DIGITS);
    private final MessageHandler handler;
    private long startNs;
    private long done;
    private State state = State.CONNECTING;

    private enum State
    {
        CONNECTING,
        READY,
        UNDER_WAY,
        DONE
    }

    /**
     * @param warmup  round trips that are not counted, at most; a quarter of the bound ends the warm-up as well.
     * @param samples round trips that are counted, at most.
     * @param boundNs after which no more are begun; one is, whatever it takes.
     */
    RoundTrips(
        final MeshNode node,
        final String peer,
        final String name,
        final long warmup,
        final long samples,
        final long boundNs)
    {
        handler = (buffer, offset, length, origin) ->
        {
            final long nowNs = System.nanoTime();
            done++;
            if (nowNs - startNs > boundNs / WARMUP_SHARE || done > warmup)
            {
                histogram.recordValue(Math.min(nowNs - buffer.getLong(offset, LITTLE_ENDIAN), HIGHEST_NS));
            }
            final boolean enough = histogram.getTotalCount() >= samples || nowNs - startNs > boundNs;
            state = enough ? State.DONE : State.READY;
        };
        channel = node.open(ChannelSpec.to(peer).named(name).mode(ChannelSpec.Mode.PROXY));
    }

    @Override
    public int doWork()
    {
        int work = Math.max(channel.poll(handler, 1), 0);
        if (state == State.CONNECTING && channel.state() == ChannelState.CONNECTED)
        {
            startNs = System.nanoTime();
            state = State.READY;
        }
        if (state == State.READY)
        {
            message.putLong(0, System.nanoTime(), LITTLE_ENDIAN);
            if (channel.offer(message, 0, MESSAGE_LENGTH) >= 0)
            {
                state = State.UNDER_WAY;
                work++;
            }
        }
        return work;
    }

    @Override
    public void describe(final ObjectNode json)
    {
        json.put("state", channel.state().name()).put("done", state == State.DONE).put("round_trips", done)
            .put("count", histogram.getTotalCount());
        if (histogram.getTotalCount() > 0)
        {
            json.put("min_ns", histogram.getMinValue())
                .put("p50_ns", histogram.getValueAtPercentile(50))
                .put("p99_ns", histogram.getValueAtPercentile(99))
                .put("p99_9_ns", histogram.getValueAtPercentile(99.9))
                .put("max_ns", histogram.getMaxValue());
        }
    }

    @Override
    public void close()
    {
        channel.close();
    }
}
