package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MessageOrigin;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broadcasts whose packets are lost on the way, in graphs with rings.
 */
class BroadcastRepairTest
{
    private static final int TOTAL = 1_000;

    /** One member that checks order and number of what it gets. */
    private static final class Member
    {
        final BroadcastChannel channel;
        private final UnsafeBuffer out = new UnsafeBuffer(new byte[500]);
        private final Map<String, Integer> next = new HashMap<>();
        int sent;
        int received;

        Member(final BroadcastChannel channel)
        {
            this.channel = channel;
        }

        void work(final int count)
        {
            for (int i = 0; i < count && sent < TOTAL; i++)
            {
                out.putInt(0, sent);
                if (channel.offer(out, 0, 4 + sent % 400) < 0)
                {
                    break;
                }
                sent++;
            }
            receive();
        }

        void receive()
        {
            channel.poll(this::onMessage, 100);
        }

        private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin from)
        {
            final int expected = next.getOrDefault(from.source(), 0);
            assertEquals(expected, buffer.getInt(offset), "from " + from.source());
            assertEquals(4 + expected % 400, length);
            next.put(from.source(), expected + 1);
            received++;
        }
    }

    static IntStream seeds()
    {
        return IntStream.rangeClosed(1, 60);
    }

    private static String[] links(final String name, final String parameters)
    {
        return List.of("ab", "bc", "cd", "de", "ea", "bd").stream().filter(link -> link.contains(name))
            .map(link -> link + parameters).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDeliverAllOnceInOrderWhenEdgesOfARingFlap(final int seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final String parameters = random.nextBoolean() ? "?data-length=16384" : "";
        try (TestMesh mesh = new TestMesh(seed))
        {
            final List<String> names = List.of("a", "b", "c", "d", "e");
            names.forEach(name -> mesh.node(name, links(name, parameters)));
            final List<Member> members = new ArrayList<>();
            names.forEach(name -> members.add(new Member(mesh.sim().node(name).open(BroadcastSpec.named("all")
                .windowLength(32 * 1024).slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE)))));
            mesh.runUntil("joined", () -> members.stream().allMatch(member -> member.channel.members().size() == 4));
            for (int i = 0; i < 12; i++)
            {
                final String name = names.get(random.nextInt(names.size()));
                final String[] links = links(name, parameters);
                final String uri = "inproc:" + links[random.nextInt(links.length)];
                work(mesh, members, random.nextInt(150));
                mesh.sim().node(name).removeEdge(uri);
                work(mesh, members, 2 + random.nextInt(50));
                mesh.sim().node(name).addEdge(uri);
            }
            mesh.runUntil("all delivered", () ->
            {
                members.forEach(member -> member.work(10));
                return members.stream().allMatch(member -> member.received == TOTAL * 4);
            });
            work(mesh, members, 100);
            assertTrue(members.stream().allMatch(member -> member.received == TOTAL * 4));
        }
    }

    private static void work(final TestMesh mesh, final List<Member> members, final int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            members.forEach(member -> member.work(3));
            mesh.sim().step();
        }
    }

    @Test
    void shouldGoOnForOthersAtFullSpeedWhenOneMemberIsSlow()
    {
        final long together = stepsUntilDelivered(false);
        final long besideASlowOne = stepsUntilDelivered(true);
        assertTrue(besideASlowOne <= together + together / 5, "steps " + together + " and " + besideASlowOne);
    }

    private static long stepsUntilDelivered(final boolean slow)
    {
        try (TestMesh mesh = TestMesh.chain(3, 3))
        {
            final BroadcastSpec spec = BroadcastSpec.named("all").windowLength(32 * 1024);
            final Member a = new Member(mesh.sim().node("a").open(spec));
            final Member b = new Member(mesh.sim().node("b").open(spec));
            final Member c = new Member(mesh.sim().node("c").open(spec));
            mesh.runUntil("joined", () -> a.channel.members().size() == 2 && b.channel.members().size() == 2);
            final long begin = mesh.sim().steps();
            mesh.runUntil("b has all", () ->
            {
                a.work(10);
                b.receive();
                if (!slow)
                {
                    c.receive();
                }
                return b.received == TOTAL;
            });
            return mesh.sim().steps() - begin;
        }
    }

    @Test
    void shouldRepairBroadcastsThatWereDiscardedBeforeAFullEdge()
    {
        try (TestMesh mesh = new TestMesh(4))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab", "bc?data-length=16384");
            mesh.node("c", "bc?data-length=16384");
            final BroadcastSpec spec =
                BroadcastSpec.named("all").slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE);
            final Member a = new Member(mesh.sim().node("a").open(spec));
            final Member c = new Member(mesh.sim().node("c").open(spec));
            mesh.runUntil("joined", () -> a.channel.members().size() == 1 && c.channel.members().size() == 1);
            mesh.sim().pause("c");
            for (int i = 0; i < 300; i++)
            {
                a.work(10);
                mesh.sim().step();
            }
            mesh.sim().pause();
            mesh.runUntil("all delivered", () ->
            {
                a.work(10);
                c.receive();
                return c.received == TOTAL;
            });
            assertTrue(mesh.counter("b", MeshCounter.CONGESTION_DISCARDS) > 0);
            assertTrue(mesh.counter("a", MeshCounter.PACKETS_RESENT) > 0);
        }
    }
}
