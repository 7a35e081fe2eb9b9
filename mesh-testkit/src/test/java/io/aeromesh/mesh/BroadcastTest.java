package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MessageOrigin;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.sim.SimMesh;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BroadcastTest
{
    private static final class Member
    {
        final BroadcastChannel channel;
        final int total;
        final UnsafeBuffer out = new UnsafeBuffer(new byte[32]);
        final Map<String, Integer> next = new HashMap<>();
        int sent;
        int received;

        Member(final BroadcastChannel channel, final int total)
        {
            this.channel = channel;
            this.total = total;
        }

        void work()
        {
            channel.poll(this::onMessage, 100);
            while (sent < total)
            {
                out.putInt(0, sent);
                if (channel.offer(out, 0, 32) < 0)
                {
                    break;
                }
                sent++;
            }
        }

        private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin from)
        {
            final int expected = next.getOrDefault(from.source(), 0);
            assertEquals(expected, buffer.getInt(offset), "from " + from.source());
            next.put(from.source(), expected + 1);
            received++;
        }
    }

    @Test
    void shouldDeliverOnceInOrderPerSourceInAGraphWithARing()
    {
        try (SimMesh mesh = new SimMesh(3))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab", "bc", "be");
            mesh.node("c", "bc", "cd");
            mesh.node("d", "cd", "ed", "df");
            mesh.node("e", "be", "ed");
            mesh.node("f", "df");
            final Map<String, Member> members = new HashMap<>();
            for (final String name : new String[] {"a", "b", "c", "d", "e", "f"})
            {
                members.put(name, new Member(mesh.node(name).open(BroadcastSpec.named("all")
                    .slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE)), 10_000));
            }
            mesh.runUntil("all joined",
                () -> members.values().stream().allMatch(member -> member.channel.members().size() == 5));
            mesh.task(() -> members.values().forEach(Member::work));
            mesh.runUntil("all delivered",
                () -> members.values().stream().allMatch(member -> member.received == 50_000));
        }
    }

    /** Whoever a broadcast passes knows the stream that it is of. */
    @Test
    void shouldNotTakeForAMembersWhatAnotherSendsUnderItsStream()
    {
        try (TestMesh mesh = TestMesh.chain(1, 3))
        {
            final Member a = new Member(mesh.sim().node("a").open(BroadcastSpec.named("all")), 1);
            final Member c = new Member(mesh.sim().node("c").open(BroadcastSpec.named("all")), 0);
            mesh.runUntil("joined", () -> a.channel.members().size() == 1 && c.channel.members().size() == 1);
            final byte[][] last = new byte[1][];
            mesh.sim().watch((at, lane, buffer, offset, length) ->
            {
                if (PacketHeader.type(buffer, offset) == PacketHeader.BROADCAST)
                {
                    last[0] = new byte[length];
                    buffer.getBytes(offset, last[0]);
                }
            });
            a.work();
            mesh.runUntil("received", () -> poll(c) == 1);

            final UnsafeBuffer forged = new UnsafeBuffer(last[0]);
            PacketHeader.write(forged, 0, PacketHeader.BROADCAST, 8, 0, PacketHeader.destinationId(forged, 0),
                NodeIds.idOf("b"), PacketHeader.sessionId(forged, 0),
                PacketHeader.position(forged, 0) + forged.capacity() - PacketHeader.LENGTH);
            assertTrue(mesh.sim().put("b", "bc", last[0], false));
            mesh.sim().run(20);

            assertEquals(1, poll(c));
        }
    }

    private static int poll(final Member member)
    {
        member.work();
        return member.received;
    }
}
