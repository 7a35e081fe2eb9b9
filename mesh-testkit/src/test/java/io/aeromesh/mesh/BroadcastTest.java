package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MessageOrigin;
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
}
