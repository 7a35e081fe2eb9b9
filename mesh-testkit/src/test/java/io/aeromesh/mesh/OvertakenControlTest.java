package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimMedium;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a node has said comes after what it said later, as the way has changed in between.
 */
class OvertakenControlTest
{
    private static final int BODY = PacketHeader.LENGTH + MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int TEMPLATE_OFFSET = PacketHeader.LENGTH + Short.BYTES;

    private final HeldLanes lanes = new HeldLanes();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldStayDirectWhenAnOlderWishForTheProxyWayComesLater()
    {
        final InprocMemoryProvider memory = InprocMemoryProvider.isolated();
        try (TestMesh mesh = new TestMesh(1))
        {
            mesh.sim().wrap(lanes);
            mesh.node("b", link("eb", 30), link("bc", 10));
            mesh.node("d", link("ed", 30), link("dc", 1));
            mesh.node("e", config -> config.sharing(memory), link("eb", 30), link("ed", 30));
            mesh.node("c", config -> config.sharing(memory), link("bc", 10), link("dc", 1));
            final Channel out = mesh.open("e", ChannelSpec.to("c"));
            final Channel in = mesh.open("c", ChannelSpec.to("e"));
            mesh.settle(out, in);
            assertEquals("d", mesh.nextHop("e", "c"));
            final Pump there = new Pump(out, in, 1, Integer.MAX_VALUE);
            final Pump back = new Pump(in, out, 2, Integer.MAX_VALUE);
            untilDirect(mesh, there, back, out, in);

            lanes.hold("c", "dc", LaneKind.CONTROL);
            out.mode(Mode.PROXY);
            mesh.sim().run(20);
            mesh.sim().node("e").removeEdge("ed");
            mesh.sim().run(20);
            assertEquals("b", mesh.nextHop("e", "c"));
            out.mode(Mode.AUTO);
            mesh.sim().run(20);
            lanes.release("c", "dc", LaneKind.CONTROL);
            mesh.sim().run(200);

            untilDirect(mesh, there, back, out, in);
        }
    }

    private static void untilDirect(
        final TestMesh mesh, final Pump there, final Pump back, final Channel out, final Channel in)
    {
        mesh.runUntil("both directions are direct", () ->
        {
            there.send(1);
            back.send(1);
            there.receive();
            back.receive();
            return out.path().kind() == Kind.DIRECT_PROCESS && in.path().kind() == Kind.DIRECT_PROCESS;
        });
    }

    /**
     * A member is full and rejects the source, then has room, and asks; when the source has answered, and has counted
     * it in from a position on, the rejection comes, and it is counted in from another.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldDeliverBroadcastsWhenARejectionComesAfterWhatTookItBack(final boolean isRejectedTwice)
    {
        try (TestMesh mesh = new TestMesh(2))
        {
            mesh.sim().wrap(lanes);
            final BroadcastSpec spec = BroadcastSpec.named("all").windowLength(8192);
            mesh.node("e", link("ed", 10));
            mesh.node("d", link("ed", 10), link("dc", 10));
            mesh.node("c", link("dc", 10), link("cx", 10));
            mesh.node("x", link("cx", 10));
            mesh.runUntil("routes", () -> mesh.hasRoute("e", "x") && mesh.hasRoute("x", "e"));
            final BroadcastChannel member = mesh.sim().node("c").open(spec.membersMax(1));
            final BroadcastChannel other = mesh.sim().node("x").open(spec);
            mesh.runUntil("full", () -> member.members().size() == 1);

            lanes.hold("e", "ed", LaneKind.CONTROL); // along which the rejection comes
            final BroadcastChannel source = mesh.sim().node("e").open(spec.retainLength(4096));
            mesh.sim().run(50);
            if (isRejectedTwice)
            {
                shorten(mesh);
            }
            final AtomicInteger answers = new AtomicInteger();
            mesh.sim().watch((at, lane, buffer, offset, length) ->
            {
                if (at.nodeName().equals("c") && isAnswer(buffer, offset, length) && answers.getAndIncrement() == 0)
                {
                    lanes.hold("e", "ec", LaneKind.CONTROL); // so that the source hears no more of it
                }
            });
            other.close();
            mesh.sim().run(50);
            if (!isRejectedTwice)
            {
                shorten(mesh);
            }
            mesh.runUntil("the source has answered", () -> answers.get() > 0);
            lanes.hold("d", "ed", LaneKind.DATA);
            lanes.hold("c", "ec", LaneKind.DATA);
            assertTrue(source.offer(message, 0, 64) > 0); // owed to the member, and lost below
            mesh.sim().run(20);
            lanes.release("e", "ed", LaneKind.CONTROL);
            mesh.sim().run(20);
            lanes.release("e", "ec", LaneKind.CONTROL);
            lose(mesh, "c", "ec");
            mesh.runUntil("the long way", () -> mesh.nextHop("e", "c").equals("d"));
            mesh.runUntil("the short way again", () -> mesh.nextHop("e", "c").equals("c"));
            lose(mesh, "d", "ed");
            mesh.sim().run(50);
            lanes.release("d", "ed", LaneKind.DATA);
            lanes.release("c", "ec", LaneKind.DATA);

            final int[] received = new int[1];
            mesh.runUntil("a message that was accepted when the member was one is received", () ->
            {
                source.poll((buffer, offset, length, origin) ->
                {}, 10);
                member.poll((buffer, offset, length, origin) -> received[0]++, 10);
                if (source.members().contains("c"))
                {
                    source.offer(message, 0, 64);
                }
                return received[0] > 1;
            });
        }
    }

    private static void shorten(final TestMesh mesh)
    {
        mesh.sim().node("e").addEdge("inproc:" + link("ec", 1));
        mesh.sim().node("c").addEdge("inproc:" + link("ec", 1));
        mesh.runUntil("the short way", () -> mesh.nextHop("e", "c").equals("c"));
        mesh.sim().run(100);
    }

    /** The edge ends with what is under way to that node, and comes again. */
    private static void lose(final TestMesh mesh, final String node, final String edge)
    {
        mesh.sim().media(node).stream().filter(medium -> medium.edgeName().equals(edge)).forEach(SimMedium::lose);
    }

    /** An Open that knows the other end. */
    private static boolean isAnswer(final DirectBuffer buffer, final int offset, final int length)
    {
        return PacketHeader.type(buffer, offset) == PacketHeader.CONTROL && length > BODY &&
            buffer.getShort(offset + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) == OpenDecoder.TEMPLATE_ID &&
            buffer.getLong(offset + BODY + OpenDecoder.peerEndIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) != 0;
    }

    private static String link(final String name, final int cost)
    {
        return name + "?name=" + name + "|cost=" + cost;
    }
}
