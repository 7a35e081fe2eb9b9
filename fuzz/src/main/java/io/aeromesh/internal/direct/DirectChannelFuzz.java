package io.aeromesh.internal.direct;

import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageOrigin;
import io.aeromesh.MessageSink;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.internal.direct.DirectPipe.Role;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.os.MeshOs;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One end of a direct channel, whose memory the other end changes between any two steps: by the rules, so that deep
 * states are reached, and against them. A message lies within the ring or the hot line, a claim in this end's ring or
 * the hot line, and nothing counts as consumed that was not accepted.
 */
public final class DirectChannelFuzz
{
    private static final int WINDOW = 1024;
    private static final int REGION = DirectPipe.regionLength(WINDOW, WINDOW);
    private static final int RING = DirectLayout.ringLength(WINDOW);
    private static final int LONGEST = WINDOW / 2 - DirectLayout.HEADER_LENGTH;
    private static final int STEPS_MAX = 256;
    private static final int LENGTH_MASK = 0xFFF;
    private static final Action[] ACTIONS = Action.values();
    private static final UnsafeBuffer MEMORY =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(REGION, DirectLayout.ALIGNMENT));
    private static final UnsafeBuffer MESSAGE = new UnsafeBuffer(new byte[LONGEST]);
    /** Attached to no arena: every handle is forged. */
    private static final LeasePeer NOBODY = new LeasePeer(
        new NodeLeases("self", 1, 1, LeaseConfig.DEFAULT, new PrivateMemory(), MeshOs.system()), 2, 2);

    private final MessageClaim claim = new MessageClaim();
    private final FuzzInput input;
    private final DirectPipe end;
    private final DirectPipe peer;
    private final boolean isCreator;
    private final int ownRing;
    private final int peerRing;
    private boolean isReaderBegun;

    private DirectChannelFuzz(final FuzzInput input)
    {
        this.input = input;
        isCreator = input.flag();
        ownRing = DirectLayout.ringOffset(isCreator, WINDOW);
        peerRing = DirectLayout.ringOffset(!isCreator, WINDOW);
        end = DirectPipe.of(MEMORY, isCreator ? Role.CREATOR : Role.ATTACHER, WINDOW, WINDOW, "peer", NOBODY);
        peer = DirectPipe.of(MEMORY, isCreator ? Role.ATTACHER : Role.CREATOR, WINDOW, WINDOW, "self", NOBODY);
        end.writer().begin(0);
        peer.writer().begin(0);
        peer.reader().begin(0);
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(64 * 1024, bytes, DirectChannelFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        MEMORY.setMemory(0, REGION, (byte)0);
        final DirectChannelFuzz one = new DirectChannelFuzz(new FuzzInput(bytes));
        for (int i = 0; i < STEPS_MAX && one.input.hasMore(); i++)
        {
            one.step();
        }
        one.end.end();
    }

    private void step()
    {
        switch (input.below(12))
        {
            case 0 -> read();
            case 1 -> write(end.writer());
            case 2 -> seal(end.writer());
            case 3 -> peerWrites();
            case 4 -> peer.reader().poll((buffer, offset, length, origin) -> Action.CONTINUE, 1 + input.below(4));
            case 5 -> seal(peer.writer());
            case 6 -> MEMORY.putLong(peerRing + input.below(RING / Long.BYTES) * Long.BYTES,
                DirectLayout.header(end.reader().consumedPosition(), record()));
            case 7 -> MEMORY.putLong(DirectLayout.HOT_OFFSET, DirectLayout.header(end.reader().consumedPosition(),
                record()) | DirectLayout.hotSide(!isCreator));
            case 8 -> MEMORY.putLong(DirectLayout.consumedOffset(!isCreator) + (input.flag() ? Long.BYTES : 0),
                end.writer().acceptedPosition() - input.int16());
            case 9 -> MEMORY.putLong(DirectLayout.beginOffset(!isCreator),
                input.flag() ? end.reader().consumedPosition() + 1 : input.int64());
            case 10 -> resumeElsewhere();
            default -> MEMORY.putLong(input.int16() % (REGION / Long.BYTES) * Long.BYTES, input.int64());
        }
        Must.within(Long.MIN_VALUE, end.writer().consumedPosition(), end.writer().acceptedPosition(), "consumed");
    }

    /**
     * Type, lease and length, as a header has them.
     */
    private int record()
    {
        final int kind = input.int8();
        final int length = input.flag() ? input.int16() & LENGTH_MASK : input.int32();
        return DirectLayout.record(kind & 3, length) | (kind < 16 ? (int)DirectLayout.HANDLE : 0);
    }

    private void read()
    {
        final DirectReader reader = end.reader();
        if (!isReaderBegun || reader.sealedAt() >= 0)
        {
            final long position = isReaderBegun ? reader.sealedAt() : 0;
            if (!reader.beginsAt(position))
            {
                return;
            }
            reader.begin(position);
            isReaderBegun = true;
        }
        final String before = reader.failure();
        final int limit = 1 + input.below(8);
        final int count = reader.poll(this::onMessage, limit);
        Must.within(0, count, before == null ? limit : 0, "polled");
        reader.isDrained();
        Must.hold(before == null || before.equals(reader.failure()), "mended itself");
    }

    private Action onMessage(
        final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        final boolean isInRing = buffer == MEMORY;
        Must.within(0, length, isInRing ? LONGEST : DirectLayout.HOT_LENGTH_MAX - DirectLayout.HEADER_LENGTH, "length");
        Must.within(isInRing ? peerRing + DirectLayout.HEADER_LENGTH : 0, offset,
            isInRing ? peerRing + RING - length : 0, "offset");
        if (length > 0)
        {
            buffer.getByte(offset);
            buffer.getByte(offset + length - 1);
        }
        return ACTIONS[input.below(ACTIONS.length)];
    }

    private void write(final DirectWriter writer)
    {
        final int length = input.int16() % (LONGEST + 1);
        if (input.flag())
        {
            writer.offer(MESSAGE, 0, length);
        }
        else if (writer.tryClaim(length, claim, writer) != MessageSink.BACK_PRESSURED)
        {
            final int offset = claim.offset();
            if (offset != DirectLayout.HOT_OFFSET + DirectLayout.HEADER_LENGTH)
            {
                Must.within(ownRing + DirectLayout.HEADER_LENGTH, offset, ownRing + RING - length, "claim");
            }
            claim.buffer().setMemory(offset, length, (byte)-1);
            if (input.flag())
            {
                claim.commit();
            }
            else
            {
                claim.abort();
            }
        }
    }

    private void peerWrites()
    {
        final byte[] message = input.bytes(input.int16() % (LONGEST + 1));
        peer.writer().offer(new UnsafeBuffer(message), 0, message.length);
    }

    private static void seal(final DirectWriter writer)
    {
        if (writer.sealPosition() >= 0)
        {
            writer.seal();
        }
    }

    /**
     * The stream went another way for a while and comes back.
     */
    private void resumeElsewhere()
    {
        final DirectWriter writer = end.writer();
        writer.begin(writer.acceptedPosition() + (input.int16() & -Long.BYTES));
    }
}
