package io.aeromesh.fuzz.node;

import io.aeromesh.MeshConfig;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.AckEncoder;
import io.aeromesh.protocol.codec.ArenaEncoder;
import io.aeromesh.protocol.codec.ArenaWord;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.DirectEncoder;
import io.aeromesh.protocol.codec.HelloEncoder;
import io.aeromesh.protocol.codec.MarkEncoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.OpenEncoder;
import io.aeromesh.protocol.codec.RouteUpdateEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes what the neighbour says: messages as they should be, with values now and then that should not, and bytes that
 * are changed after.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class PacketMaker
{
    private static final int HOPS = 8;
    private static final int BODY = PacketHeader.LENGTH;
    private static final long OWN_END = 5;
    private static final long OWN_STREAM = 6;
    private static final int ODD = 16;
    private static final int INSTANCE_SAME = 0;
    private static final int RECORD_MESSAGE = 1;
    private static final String[] NAMES = {"x1", "x2", "x3", "default", "group", "", "\n"};

    private final Neighbour neighbour;
    private final FuzzInput input;
    private final UnsafeBuffer packet;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OtherMessages others;
    private long serial;
    private long dataPosition;
    private long directOrder;

    PacketMaker(final Neighbour neighbour, final FuzzInput input, final UnsafeBuffer packet)
    {
        this.neighbour = neighbour;
        this.input = input;
        this.packet = packet;
        others = new OtherMessages(input, packet);
    }

    /**
     * One packet, as the input says.
     */
    void make()
    {
        switch (input.below(12))
        {
            case 0 -> raw();
            case 1 -> changed(hello(odd() ? input.int64() : neighbour.learned.nonce, neighbour.name, INSTANCE_SAME), 0);
            case 2 -> changed(mark(odd() ? input.int64() : neighbour.learned.nonce), input.below(4));
            case 3 -> changed(routes(1 + input.below(3)), 0);
            case 4 -> changed(open(input.flag() ? ChannelKind.PROXY : ChannelKind.BROADCAST), way());
            case 5 -> changed(ack(), way());
            case 6 -> changed(data(), 1 + 2 * input.below(2));
            case 7 -> changed(direct(), way());
            case 8 -> changed(arena(), way());
            case 9 -> changed(hello(neighbour.learned.nonce, NAMES[input.below(NAMES.length)], input.below(3)),
                2 * input.below(2));
            default -> changed(others.make(neighbour.id, neighbour.learned), way());
        }
    }

    private boolean odd()
    {
        return input.int8() < ODD;
    }

    private int way()
    {
        return 2 * (input.int8() & 1);
    }

    private void changed(final int length, final int way)
    {
        for (int i = input.below(32) - 29; i > 0; i--)
        {
            packet.putByte(input.int16() % length, (byte)input.int8());
        }
        neighbour.say(packet, length, way);
    }

    private void raw()
    {
        final int way = input.below(4);
        final byte[] bytes = input.bytes(input.int16() % packet.capacity());
        packet.putBytes(0, bytes);
        neighbour.say(packet, bytes.length, way);
    }

    // --- by the rules ---

    void hello()
    {
        neighbour.say(packet, hello(neighbour.learned.nonce, neighbour.name, INSTANCE_SAME), 0);
    }

    void mark()
    {
        neighbour.say(packet, mark(neighbour.learned.nonce), 1);
    }

    void ownRoute()
    {
        neighbour.say(packet, routes(0), 0);
    }

    void openProxy()
    {
        neighbour.say(packet, open(ChannelKind.PROXY, OWN_END, neighbour.learned.proxyEnd, NodeWorld.WINDOW, 0), 0);
    }

    void openGroup()
    {
        neighbour.say(
            packet, open(ChannelKind.BROADCAST, OWN_END + 1, neighbour.learned.groupEnd, NodeWorld.WINDOW, 0), 0);
    }

    void ackProxy()
    {
        neighbour.say(packet, ack(neighbour.learned.proxyEnd, OWN_END, 0, 0, 0), 0);
        neighbour.say(packet, ack(neighbour.learned.groupEnd, OWN_END + 1, 0, 0, 0), 0);
    }

    // --- the messages ---

    private int hello(final long echo, final String name, final int instance)
    {
        PacketHeader.write(packet, 0, PacketHeader.LINK, 1, 0, 0, neighbour.id, 0, 0);
        final HelloEncoder hello = new HelloEncoder().wrapAndApplyHeader(packet, BODY, header);
        hello.protocolVersionMin((short)PacketHeader.VERSION_MIN).protocolVersionMax((short)PacketHeader.VERSION)
            .nodeId(idOf(name));
        hello.instance().high(Neighbour.INSTANCE + instance).low(Neighbour.INSTANCE);
        hello.incarnation(1).configHash(MeshConfig.DEFAULT.hash()).nonce(9).peerNonce(echo).name(name).edgeName("e");
        return BODY + MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength();
    }

    private static long idOf(final String name)
    {
        return name.isBlank() ? 1 : NodeIds.idOf(name);
    }

    private int mark(final long nonce)
    {
        PacketHeader.write(packet, 0, PacketHeader.LINK, 1, 0, 0, neighbour.id, 0, 0);
        new MarkEncoder().wrapAndApplyHeader(packet, BODY, header).nonce(nonce);
        return BODY + MessageHeaderEncoder.ENCODED_LENGTH + MarkEncoder.BLOCK_LENGTH;
    }

    private int routes(final int count)
    {
        PacketHeader.write(packet, 0, PacketHeader.LINK, 1, 0, 0, neighbour.id, 0, 0);
        final RouteUpdateEncoder update = new RouteUpdateEncoder().wrapAndApplyHeader(packet, BODY, header);
        final RouteUpdateEncoder.RoutesEncoder routes = update.serial(++serial).routesCount(count + 1);
        route(routes.next(), neighbour.name, 0, 0, 1);
        for (int i = 0; i < count; i++)
        {
            route(routes.next(), NAMES[input.below(3)], odd() ? 0xFFFF_FFFEL : 1 + input.below(8), input.below(4),
                input.below(4));
        }
        return BODY + MessageHeaderEncoder.ENCODED_LENGTH + update.encodedLength();
    }

    private static void route(
        final RouteUpdateEncoder.RoutesEncoder route,
        final String name,
        final long metric,
        final int instance,
        final int sequence)
    {
        route.destinationId(idOf(name)).instance().high(Neighbour.INSTANCE + instance).low(Neighbour.INSTANCE);
        route.epoch().incarnation(1).sequence(sequence);
        route.pathEpoch(sequence).metric(metric).name(name);
    }

    private void control(final long sessionId)
    {
        PacketHeader.write(packet, 0, PacketHeader.CONTROL, HOPS, 0, NodeIds.idOf(NodeWorld.NODE), neighbour.id,
            sessionId, Long.MAX_VALUE);
    }

    private int open(final ChannelKind kind)
    {
        final boolean isProxy = kind == ChannelKind.PROXY;
        final long theirs = isProxy ? neighbour.learned.proxyEnd : neighbour.learned.groupEnd;
        final long window = odd() ? input.int32() & 0xFFFF_FFFFL : NodeWorld.WINDOW << input.below(4);
        final long position = odd() ? input.int64() : (long)input.below(4) * Long.BYTES;
        dataPosition = position;
        return open(kind, OWN_END + input.below(4), odd() ? input.below(2) : theirs, window, position);
    }

    private int open(
        final ChannelKind kind, final long ownEnd, final long theirEnd, final long window, final long position)
    {
        control(0);
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(packet, BODY, header);
        open.endId(ownEnd).peerEndId(theirEnd).instance().high(Neighbour.INSTANCE).low(Neighbour.INSTANCE);
        open.openSequence(odd() ? input.int8() : 1).schemaFingerprint(0).startPosition(position).windowLength(window)
            .streamId(kind == ChannelKind.PROXY ? 0 : OWN_STREAM).kind(kind).wantsRetained((short)1)
            .channelName(odd() ? NAMES[input.below(NAMES.length)] : kind == ChannelKind.PROXY ? "default" : "group")
            .sourceName(neighbour.name);
        return BODY + MessageHeaderEncoder.ENCODED_LENGTH + open.encodedLength();
    }

    private int ack()
    {
        final boolean isProxy = input.flag();
        final long consumed = odd() ? input.int64() : neighbour.learned.sentPosition - input.int16() % NodeWorld.WINDOW;
        final long received = odd() ? input.int64() : consumed + (input.int8() & -Long.BYTES);
        return ack(isProxy ? neighbour.learned.proxyEnd : neighbour.learned.groupEnd, OWN_END + input.below(4),
            consumed, received, input.below(4));
    }

    private int ack(final long session, final long ownEnd, final long consumed, final long received, final int count)
    {
        control(session);
        final AckEncoder ack = new AckEncoder().wrapAndApplyHeader(packet, BODY, header);
        ack.endId(ownEnd).consumedPosition(consumed).receivedPosition(received).sentPosition(dataPosition)
            .probe(input.below(2)).probeAnswer(input.below(2)).echoSequence(input.int8());
        final AckEncoder.BlocksEncoder blocks = ack.blocksCount(count);
        for (int i = 0; i < count; i++)
        {
            final long begin = odd() ? input.int64() : received + (1L + input.int8()) * Long.BYTES;
            blocks.next().beginPosition(begin).endPosition(begin + (1L + input.int8()) * Long.BYTES);
        }
        return BODY + MessageHeaderEncoder.ENCODED_LENGTH + ack.encodedLength();
    }

    private int data()
    {
        final boolean isProxy = input.flag();
        final long position = odd() ? input.int64() : dataPosition + (odd() ? (short)input.int16() : 0);
        PacketHeader.write(packet, 0, isProxy ? PacketHeader.DATA : PacketHeader.BROADCAST, HOPS, input.int8(),
            isProxy ? NodeIds.idOf(NodeWorld.NODE) : Neighbour.INSTANCE, neighbour.id,
            isProxy ? neighbour.learned.proxyEnd : OWN_STREAM, position);
        int at = BODY;
        for (int i = input.below(4); i > 0; i--)
        {
            final int length = input.int8();
            packet.putLong(at, odd() ? input.int64() : (RECORD_MESSAGE + input.below(8) % 3L) << 32 | length);
            at += Long.BYTES + (length + 7 & -Long.BYTES);
        }
        dataPosition = position + at - BODY;
        return at;
    }

    private int direct()
    {
        control(neighbour.learned.proxyEnd);
        final Learned learned = neighbour.learned;
        final DirectEncoder direct = new DirectEncoder().wrapAndApplyHeader(packet, BODY, header);
        final boolean isTold = input.flag();
        direct.endId(OWN_END).wanted((short)(odd() ? 0 : 1)).failed((short)(odd() ? 1 : 0))
            .processToken(odd() ? 0 : learned.processToken).hostToken(learned.hostToken)
            .regionId(isTold ? neighbour.joinRegion(NodeWorld.WINDOW, (int)learned.window) : input.below(4))
            .order(odd() ? input.int64() : ++directOrder)
            .address(odd() ? new String(input.bytes(64), StandardCharsets.ISO_8859_1) : neighbour.address());
        return BODY + MessageHeaderEncoder.ENCODED_LENGTH + direct.encodedLength();
    }

    private int arena()
    {
        control(neighbour.learned.proxyEnd);
        final ArenaEncoder arena = new ArenaEncoder().wrapAndApplyHeader(packet, BODY, header);
        arena.endId(OWN_END).instance().high(input.below(4)).low(input.below(4));
        arena.directoryId(input.flag() ? neighbour.learned.regionId : input.int64())
            .word(ArenaWord.get((short)input.below(3)))
            .ownerName(odd() ? NodeWorld.NODE : odd() ? NAMES[input.below(NAMES.length)] : neighbour.name);
        return BODY + MessageHeaderEncoder.ENCODED_LENGTH + arena.encodedLength();
    }
}
