package io.aeromesh.sim.canary;

import static io.aeromesh.sim.canary.Tamper.BLOCK_OFFSET;
import static io.aeromesh.sim.canary.Tamper.drop;
import static io.aeromesh.sim.canary.Tamper.is;
import static io.aeromesh.sim.canary.Tamper.isType;
import static io.aeromesh.sim.canary.Tamper.pass;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.AckEncoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.CloseEncoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.ResetEncoder;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.check.Rule;
import io.aeromesh.spi.PacketHandler;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Defects of sessions, as their packets would show them.
 */
final class SessionCanaries
{
    private static final int KEPT_MAX = 64;

    private SessionCanaries()
    {
    }

    static List<Canary> all()
    {
        return List.of(
            Canary.wire("data is lost and nothing tells", Rule.OWED,
                random -> (at, lane, packet, handler) -> isType(packet, PacketHeader.DATA) && random.nextInt(16) == 0 ?
                    drop() : pass(packet, handler)),
            Canary.wire("a broadcast packet is lost and nothing tells", Set.of(Rule.OWED, Rule.BROADCAST),
                random -> (at, lane, packet,
                    handler) -> isType(packet, PacketHeader.BROADCAST) && random.nextInt(16) == 0 ? drop() :
                        pass(packet, handler)),
            Canary.wire("an acknowledgement is lost and nothing tells", Rule.OWED,
                random -> (at, lane, packet, handler) -> is(packet, AckDecoder.TEMPLATE_ID) && random.nextInt(8) == 0 ?
                    drop() : pass(packet, handler)),
            Canary.wire("a probe is never answered", Rule.OWED,
                random -> (at, lane, packet, handler) -> forgetProbe(packet, handler)),
            Canary.wire("an Open is lost and nothing tells", Rule.OWED,
                random -> (at, lane, packet, handler) -> is(packet, OpenDecoder.TEMPLATE_ID) && random.nextInt(4) == 0 ?
                    drop() : pass(packet, handler)),
            Canary.wire("a Close is never heard", Rule.OWED,
                random -> (at, lane, packet, handler) -> is(packet, CloseDecoder.TEMPLATE_ID) ? drop() :
                    pass(packet, handler)),
            Canary.wire("bytes are delivered before a gap", Set.of(Rule.DELIVERY, Rule.HEALTH),
                random -> (at, lane, packet, handler) -> moved(packet, handler, random, PacketHeader.DATA)),
            Canary.wire("bytes of a broadcast are delivered before a gap", Set.of(Rule.BROADCAST, Rule.HEALTH),
                random -> (at, lane, packet, handler) -> moved(packet, handler, random, PacketHeader.BROADCAST)),
            Canary.wire("bytes are delivered twice", Set.of(Rule.DELIVERY, Rule.HEALTH),
                random -> (at, lane, packet, handler) -> doubled(packet, handler, random)),
            Canary.wire("a byte of a message is changed", Rule.DELIVERY,
                random -> (at, lane, packet, handler) -> corrupted(packet, handler, random)),
            Canary.wire("received counts as consumed", Rule.DELIVERY,
                random -> (at, lane, packet, handler) -> acknowledged(packet, handler)),
            Canary.wire("a relay acknowledges for another", Rule.DELIVERY,
                random -> (at, lane, packet, handler) -> isFor(at, packet) ? pass(packet, handler) :
                    acknowledged(packet, handler)),
            Canary.wire("data of an older session is taken for a newer one's", Set.of(Rule.DELIVERY, Rule.HEALTH),
                StaleSession::new),
            Canary.wire("a session ends because time went by", Rule.PAUSE_IS_NOT_DEATH,
                random -> (at, lane, packet, handler) -> reset(packet, handler, random)),
            Canary.wire("a Close says that less was consumed", Rule.DELIVERY,
                random -> (at, lane, packet, handler) -> closedShort(packet, handler)),
            Canary.wire("an Open to a node is not shown to its contexts", Rule.OWED,
                random -> (at, lane, packet, handler) -> is(packet, OpenDecoder.TEMPLATE_ID) && isShown(at, packet) ?
                    drop() : pass(packet, handler)));
    }

    private static boolean isShown(final SimMedium at, final UnsafeBuffer packet)
    {
        return NodeIds.isContext(at.nodeName()) && !isFor(at, packet);
    }

    private static boolean isFor(final SimMedium at, final UnsafeBuffer packet)
    {
        return PacketHeader.destinationId(packet, 0) == NodeIds.idOf(at.nodeName());
    }

    private static PacketHandler.Action forgetProbe(final UnsafeBuffer packet, final PacketHandler handler)
    {
        if (is(packet, AckDecoder.TEMPLATE_ID))
        {
            new AckEncoder().wrap(packet, BLOCK_OFFSET).probe(0);
        }
        return pass(packet, handler);
    }

    private static PacketHandler.Action moved(
        final UnsafeBuffer packet, final PacketHandler handler, final SplittableRandom random, final int type)
    {
        if (isType(packet, type) && random.nextInt(16) == 0)
        {
            final long position = PacketHeader.position(packet, 0);
            PacketHeader.position(packet, 0, Math.max(0, position - (packet.capacity() - PacketHeader.LENGTH)));
        }
        return pass(packet, handler);
    }

    private static PacketHandler.Action doubled(
        final UnsafeBuffer packet, final PacketHandler handler, final SplittableRandom random)
    {
        final PacketHandler.Action action = pass(packet, handler);
        if (isType(packet, PacketHeader.DATA) && random.nextInt(16) == 0)
        {
            PacketHeader.position(packet, 0,
                PacketHeader.position(packet, 0) + packet.capacity() - PacketHeader.LENGTH);
            return pass(packet, handler);
        }
        return action;
    }

    private static PacketHandler.Action corrupted(
        final UnsafeBuffer packet, final PacketHandler handler, final SplittableRandom random)
    {
        if (isType(packet, PacketHeader.DATA) && random.nextInt(64) == 0 && packet.capacity() > BLOCK_OFFSET)
        {
            final int index = BLOCK_OFFSET + random.nextInt(packet.capacity() - BLOCK_OFFSET);
            packet.putByte(index, (byte)(packet.getByte(index) ^ 1));
        }
        return pass(packet, handler);
    }

    private static PacketHandler.Action acknowledged(final UnsafeBuffer packet, final PacketHandler handler)
    {
        if (is(packet, AckDecoder.TEMPLATE_ID))
        {
            final long received = new AckDecoder().wrap(packet, BLOCK_OFFSET, AckDecoder.BLOCK_LENGTH, 0)
                .receivedPosition();
            new AckEncoder().wrap(packet, BLOCK_OFFSET).consumedPosition(received);
        }
        return pass(packet, handler);
    }

    private static PacketHandler.Action reset(
        final UnsafeBuffer packet, final PacketHandler handler, final SplittableRandom random)
    {
        if (is(packet, AckDecoder.TEMPLATE_ID) && random.nextInt(64) == 0)
        {
            final long endId = new AckDecoder().wrap(packet, BLOCK_OFFSET, AckDecoder.BLOCK_LENGTH, 0).endId();
            final UnsafeBuffer forged =
                new UnsafeBuffer(new byte[BLOCK_OFFSET + ResetEncoder.BLOCK_LENGTH]);
            forged.putBytes(0, packet, 0, PacketHeader.LENGTH);
            new ResetEncoder().wrapAndApplyHeader(forged, PacketHeader.LENGTH, new MessageHeaderEncoder())
                .endId(endId);
            return pass(forged, handler);
        }
        return pass(packet, handler);
    }

    private static PacketHandler.Action closedShort(final UnsafeBuffer packet, final PacketHandler handler)
    {
        if (is(packet, CloseDecoder.TEMPLATE_ID))
        {
            new CloseEncoder().wrap(packet, BLOCK_OFFSET).consumedPosition(0);
        }
        return pass(packet, handler);
    }

    /** Keeps data, and lets it come once more as that of another session of the same two nodes. */
    private static final class StaleSession implements Tamper
    {
        private final ArrayDeque<UnsafeBuffer> kept = new ArrayDeque<>();
        private final SplittableRandom random;

        StaleSession(final SplittableRandom random)
        {
            this.random = random;
        }

        @Override
        public PacketHandler.Action onPacket(
            final SimMedium at,
            final LaneKind lane,
            final UnsafeBuffer packet,
            final PacketHandler handler)
        {
            if (isType(packet, PacketHeader.DATA))
            {
                for (final UnsafeBuffer old : kept)
                {
                    if (PacketHeader.sessionId(old, 0) != PacketHeader.sessionId(packet, 0) &&
                        PacketHeader.destinationId(old, 0) == PacketHeader.destinationId(packet, 0) &&
                        PacketHeader.position(old, 0) == PacketHeader.position(packet, 0) && random.nextInt(4) == 0)
                    {
                        old.putLong(PacketHeader.SESSION_OFFSET, PacketHeader.sessionId(packet, 0),
                            ByteOrder.LITTLE_ENDIAN);
                        pass(old, handler);
                        break;
                    }
                }
                kept.add(packet);
                if (kept.size() > KEPT_MAX)
                {
                    kept.poll();
                }
            }
            return pass(packet, handler);
        }
    }
}
