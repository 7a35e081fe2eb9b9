package io.aeromesh.internal.session;

import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MessageOrigin;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.os.MeshOs;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The receiving half of a session: ranges of a peer's stream at any positions, with any records in them, and a reader
 * between them. A message lies within the ring, what is consumed was received, and a stream with a bad record is never
 * followed.
 */
public final class ReceiveFuzz
{
    private static final int WINDOW = 4096;
    private static final int BLOCK_MAX = 8192;
    private static final int STEPS_MAX = 128;
    private static final int PAYLOAD_MAX = 1024;
    private static final Action[] ACTIONS = Action.values();
    private static final LeaseConfig LEASES = new LeaseConfig(BLOCK_MAX, BLOCK_MAX, 64 * 1024, 64 * 1024);
    /** Each lease is released at the end of its execution, so that the arena is as it was. */
    private static final NodeLeases NODE =
        new NodeLeases("self", 1, 1, LEASES, new PrivateMemory(), MeshOs.system());

    private final FuzzInput input;
    private final ReceiveStream stream;
    private final Inbound inbound;
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_MAX]);

    private ReceiveFuzz(final FuzzInput input)
    {
        this.input = input;
        final long start = (input.flag() ? input.int16() : input.int64() >>> 1) & -StreamRecord.ALIGNMENT;
        stream = new ReceiveStream("peer", WINDOW, start, NODE, null);
        inbound = new Inbound(stream, start);
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(64 * 1024, bytes, ReceiveFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final ReceiveFuzz one = new ReceiveFuzz(new FuzzInput(bytes));
        for (int i = 0; i < STEPS_MAX && one.input.hasMore(); i++)
        {
            one.step();
        }
        one.stream.end();
        one.stream.isDrained();
        one.stream.abandon();
        Must.hold(NODE.blocksHeld() == 0, "blocks held at the end", NODE.blocksHeld());
    }

    private void step()
    {
        switch (input.below(4))
        {
            case 0 -> poll();
            case 1 -> take(inbound.receivedPosition() + (short)input.int16(), fill(input.int16() % PAYLOAD_MAX));
            case 2 -> take(input.int64(), fill(input.int16() % PAYLOAD_MAX));
            default -> take(inbound.receivedPosition(), records());
        }
        final long consumed = stream.consumedPosition();
        Must.within(inbound.receivedPosition() - WINDOW, consumed, inbound.receivedPosition(), "consumed");
        Must.hold((inbound.receivedPosition() & StreamRecord.ALIGNMENT - 1) == 0, "misaligned");
        Must.within(0, inbound.beyond().size(), Inbound.RANGES_MAX, "ranges");
    }

    private int fill(final int length)
    {
        final byte[] bytes = input.bytes(length);
        payload.putBytes(0, bytes);
        return bytes.length;
    }

    /**
     * Some records as they should be, but for a length or type now and then.
     */
    private int records()
    {
        int at = 0;
        for (int i = input.below(4); i >= 0 && at < PAYLOAD_MAX - 2 * Long.BYTES; i--)
        {
            final int kind = input.int8();
            final int length = kind < 16 ? input.int32() : input.int8();
            StreamRecord.writeHeader(payload, at, length, kind < 8 ? input.int32() : 1 + kind % 3);
            at = (int)Math.min(PAYLOAD_MAX, at + (StreamRecord.totalLength(length) & 0x7FF8L));
        }
        return at;
    }

    private void take(final long position, final int length)
    {
        inbound.onData(position, payload, 0, length);
    }

    private void poll()
    {
        final String before = stream.failure();
        final long position = stream.appConsumed();
        final int limit = 1 + input.below(8);
        Must.within(0, stream.poll(this::onMessage, limit), limit, "polled");
        Must.hold(before == null || stream.appConsumed() == position, "went on behind a bad record");
    }

    private Action onMessage(
        final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        Must.within(0, length, origin.isLease() ? BLOCK_MAX : WINDOW - StreamRecord.HEADER_LENGTH, "length");
        Must.within(0, offset, buffer.capacity() - length, "offset");
        return ACTIONS[input.below(ACTIONS.length)];
    }
}
