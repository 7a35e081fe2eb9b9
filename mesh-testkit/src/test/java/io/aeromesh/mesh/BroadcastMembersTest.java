package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MessageOrigin;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeLimits;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who belongs to a broadcast channel, from when, and until when.
 */
class BroadcastMembersTest
{
    private static final int WINDOW = 16 * 1024;
    private static final BroadcastSpec SPEC = BroadcastSpec.named("all").windowLength(WINDOW);

    /** One member, which numbers what it sends. */
    private static final class Member
    {
        final Events events = new Events();
        final BroadcastChannel channel;
        final List<String> got = new ArrayList<>();
        private final UnsafeBuffer out = new UnsafeBuffer(new byte[100]);
        int sent;

        Member(final TestMesh mesh, final String node, final BroadcastSpec spec)
        {
            channel = mesh.sim().node(node).open(spec.listener(events));
        }

        int send(final int count)
        {
            final int before = sent;
            for (int i = 0; i < count && offer(); i++)
            {
                sent++;
            }
            return sent - before;
        }

        private boolean offer()
        {
            out.putInt(0, sent);
            return channel.offer(out, 0, 100) > 0;
        }

        void receive()
        {
            channel.poll(this::onMessage, 1000);
        }

        private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin from)
        {
            got.add(from.source() + buffer.getInt(offset));
        }
    }

    private static List<String> numbers(final String source, final int from, final int to)
    {
        final List<String> all = new ArrayList<>();
        for (int i = from; i < to; i++)
        {
            all.add(source + i);
        }
        return all;
    }

    private static void receive(final TestMesh mesh, final int steps, final Member... members)
    {
        for (int i = 0; i < steps; i++)
        {
            mesh.sim().step();
            for (final Member member : members)
            {
                member.receive();
            }
        }
    }

    private static void untilJoined(final TestMesh mesh, final Member... members)
    {
        mesh.runUntil("joined", () ->
        {
            boolean joined = true;
            for (final Member member : members)
            {
                member.receive();
                joined &= member.channel.members().size() == members.length - 1;
            }
            return joined;
        });
    }

    @Test
    void shouldReachAllOthersAndNotItself()
    {
        try (TestMesh mesh = TestMesh.chain(1, 3))
        {
            final Member a = new Member(mesh, "a", SPEC);
            assertEquals(MessageSink.NOT_CONNECTED, a.channel.offer(a.out, 0, 100));
            final Member b = new Member(mesh, "b", SPEC);
            final Member c = new Member(mesh, "c", SPEC);
            untilJoined(mesh, a, b, c);
            assertEquals(50, a.send(50));
            receive(mesh, 100, a, b, c);
            assertEquals(List.of(), a.got);
            assertEquals(numbers("a", 0, 50), b.got);
            assertEquals(numbers("a", 0, 50), c.got);
            assertEquals(a.channel.acceptedPosition(), a.channel.acknowledgedPosition());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldStartWithWhatComesAfterTheJoinOrWithWhatIsRetained(final int seed)
    {
        try (TestMesh mesh = TestMesh.chain(seed, 3))
        {
            final Member a = new Member(mesh, "a", SPEC.retainLength(5_000));
            assertEquals(200, send(mesh, a, 200));
            final Member b = new Member(mesh, "b", SPEC.start(BroadcastSpec.Start.RETAINED));
            final Member c = new Member(mesh, "c", SPEC);
            untilJoined(mesh, a, b, c);
            assertEquals(10, a.send(10));
            receive(mesh, 100, a, b, c);
            assertEquals(numbers("a", 200, 210), c.got);
            final int retained = b.got.size() - 10;
            assertEquals(numbers("a", 200 - retained, 210), b.got);
            assertEquals(5_000 / 112f, retained, 1);
        }
    }

    private static int send(final TestMesh mesh, final Member member, final int count)
    {
        for (int i = 0; i < 1_000 && member.sent < count; i++)
        {
            member.send(count - member.sent);
            mesh.sim().step();
        }
        return member.sent;
    }

    @Test
    void shouldEvictTheSlowTellBothEndsAndTakeItBack()
    {
        try (TestMesh mesh = TestMesh.chain(2, 3))
        {
            final Member a = new Member(mesh, "a", SPEC);
            final Member b = new Member(mesh, "b", SPEC);
            final Member slow = new Member(mesh, "c", SPEC);
            untilJoined(mesh, a, b, slow);
            for (int i = 0; i < 2_000 && a.sent < 500; i++)
            {
                a.send(10);
                receive(mesh, 1, a, b);
            }
            receive(mesh, 100, a, b);
            assertEquals(500, a.sent);
            assertEquals(numbers("a", 0, 500), b.got);
            final SessionReport atSource = a.events.lastEnd();
            assertEquals(EndReason.EVICTED, atSource.reason());
            assertEquals("c", atSource.peer());
            assertEquals(0, atSource.acknowledgedPosition());

            receive(mesh, 200, a, b, slow);
            final SessionReport atSlow = slow.events.lastEnd();
            assertEquals(EndReason.EVICTED, atSlow.reason());
            assertEquals("a", atSlow.peer());
            assertEquals(numbers("a", 0, slow.got.size()), slow.got); // what it had received before
            assertEquals(3, slow.events.joined.size()); // a and b, then a again
            slow.got.clear();
            a.send(10);
            receive(mesh, 100, a, b, slow);
            assertEquals(numbers("a", 500, 510), slow.got);
        }
    }

    @Test
    void shouldBackPressureTheSourceWhenToldTo()
    {
        try (TestMesh mesh = TestMesh.chain(3, 3))
        {
            final BroadcastSpec spec = SPEC.slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE);
            final Member a = new Member(mesh, "a", spec);
            final Member b = new Member(mesh, "b", spec);
            final Member slow = new Member(mesh, "c", spec);
            untilJoined(mesh, a, b, slow);
            for (int i = 0; i < 500; i++)
            {
                a.send(10);
                receive(mesh, 1, a, b);
            }
            final int held = a.sent;
            assertEquals(WINDOW / 112f, held, 1);
            assertEquals(MessageSink.BACK_PRESSURED, a.channel.offer(a.out, 0, 100));
            assertTrue(b.send(50) > 0); // its own stream is another matter
            for (int i = 0; i < 500 && a.sent < 1_000; i++)
            {
                a.send(10);
                receive(mesh, 1, a, b, slow);
            }
            receive(mesh, 100, a, b, slow);
            assertEquals(numbers("a", 0, a.sent), b.got);
            assertEquals(a.sent, slow.got.stream().filter(value -> value.startsWith("a")).count());
            assertEquals(List.of(), a.events.ended);
        }
    }

    @Test
    void shouldOweNothingToANodeThatHasNoRoomForIt()
    {
        try (TestMesh mesh = TestMesh.chain(4, 3))
        {
            final BroadcastSpec spec = SPEC.slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE);
            final Member full = new Member(mesh, "b", spec.membersMax(1));
            final Member a = new Member(mesh, "a", spec);
            mesh.runUntil("a joined", () -> full.channel.members().equals(List.of("a")));
            final Member c = new Member(mesh, "c", spec);
            receive(mesh, 200, a, full, c);
            assertEquals(List.of("a"), c.channel.members());
            assertEquals(ErrorCode.TABLE_FULL, c.events.rejections.get(0).code());
            for (int i = 0; i < 2_000 && c.sent < 1_000; i++)
            {
                c.send(10);
                receive(mesh, 1, a, full, c);
            }
            assertEquals(1_000, c.sent); // far beyond its window
            a.channel.close();
            mesh.runUntil("c joins when there is room", () ->
            {
                receive(mesh, 1, full, c);
                return full.channel.members().equals(List.of("c"));
            });
        }
    }

    /** It says the same to whoever asks, so that one would wait for the other if the room were offered to all. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldOfferTheRoomThatARejectionLeavesToWhoWasTurnedAway(final int steps)
    {
        try (TestMesh mesh = new TestMesh(9))
        {
            mesh.node("a", "ab", "ac");
            mesh.node("b", config -> config.limits(NodeLimits.DEFAULT.windowLengthMax(WINDOW / 2)), "ab");
            mesh.node("c", "ac");
            mesh.sim().run(200);
            final Member a = new Member(mesh, "a", SPEC.membersMax(1));
            mesh.sim().run(50);
            final Member b = new Member(mesh, "b", SPEC.windowLength(WINDOW / 2));
            mesh.sim().run(steps);
            final Member c = new Member(mesh, "c", SPEC);
            mesh.runUntil("joined", () ->
            {
                receive(mesh, 1, a, b, c);
                return a.channel.members().equals(List.of("c"));
            });
            assertEquals(ErrorCode.WINDOW_TOO_LARGE, b.events.rejections.get(0).code());
        }
    }

    /** Neither asks the other again before somebody leaves. */
    @Test
    void shouldAskNobodyWhileThereIsNoRoom()
    {
        try (TestMesh mesh = new TestMesh(10))
        {
            final Map<String, Member> members = new TreeMap<>();
            for (final String pair : List.of("ab", "xy"))
            {
                for (final String name : pair.split(""))
                {
                    mesh.node(name, pair);
                    members.put(name, new Member(mesh, name, SPEC.membersMax(1)));
                }
            }
            final Member[] all = members.values().toArray(new Member[0]);
            mesh.runUntil("two pairs", () ->
            {
                receive(mesh, 1, all);
                return members.values().stream().allMatch(member -> member.channel.members().size() == 1);
            });
            mesh.sim().node("a").addEdge("inproc:ax");
            mesh.sim().node("x").addEdge("inproc:ax");
            receive(mesh, 2_000, all);

            assertFalse(members.get("a").events.rejections.isEmpty());
            members.forEach((name, member) -> assertTrue(
                member.events.rejections.size() <= 2 * 3, () -> name + ": " + member.events.rejections.size()));
        }
    }

    /** Before it hears of its own session it has nobody to say goodbye to. */
    @Test
    void shouldOweNothingToWhoClosesBeforeItIsAnswered()
    {
        for (int steps = 1; steps < 12; steps++)
        {
            try (TestMesh mesh = TestMesh.chain(steps, 3))
            {
                final BroadcastSpec spec = SPEC.slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE);
                final Member a = new Member(mesh, "a", spec);
                final Member c = new Member(mesh, "c", spec);
                untilJoined(mesh, a, c);
                final Member b = new Member(mesh, "b", spec);
                mesh.sim().run(steps);
                b.channel.close();
                mesh.runUntil("all sent", () ->
                {
                    a.send(10);
                    receive(mesh, 1, a, c);
                    return a.sent >= 1_000; // far beyond its window
                });
            }
        }
    }

    /** The longer the messages, the sooner there is no room for the next one, and then nobody falls further behind. */
    @Test
    void shouldEvictWhoLeavesNoRoomForTheNextMessage()
    {
        try (TestMesh mesh = TestMesh.chain(3, 3))
        {
            final Member a = new Member(mesh, "a", SPEC);
            final Member b = new Member(mesh, "b", SPEC);
            final Member c = new Member(mesh, "c", SPEC);
            untilJoined(mesh, a, b, c);
            final UnsafeBuffer message = new UnsafeBuffer(new byte[WINDOW / 3]);
            for (int sent = 0; sent < 10;)
            {
                sent += a.channel.offer(message, 0, message.capacity()) > 0 ? 1 : 0;
                receive(mesh, 1, b);
                assertTrue(mesh.sim().steps() < 20_000, "one that reads nothing stops the source");
            }
            mesh.runUntil("told", () ->
            {
                c.receive();
                return !c.events.ended.isEmpty();
            });
            assertEquals(EndReason.EVICTED, c.events.ended.get(0).reason());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldJoinAnewWhenAMemberRestarts(final int seed)
    {
        try (TestMesh mesh = TestMesh.chain(seed, 3))
        {
            final Member a = new Member(mesh, "a", SPEC);
            final Member b = new Member(mesh, "b", SPEC);
            for (int i = 0; i < 3; i++)
            {
                final Member c = new Member(mesh, "c", SPEC);
                untilJoined(mesh, a, b, c);
                a.got.clear();
                c.send(20);
                a.send(20);
                receive(mesh, 60, a, b, c);
                assertEquals(numbers("c", 0, 20), a.got);
                assertEquals(20, c.got.stream().filter(value -> value.startsWith("a")).count());
                c.send(5); // under way when it dies
                mesh.sim().run(seed % 4);
                mesh.kill("c");
                mesh.sim().run(seed * 10);
                mesh.node("c", "bc");
            }
        }
    }

    @Test
    void shouldDeliverWhatWasAcceptedBeforeCloseWhenTheNameIsOpenedAgainAtOnce()
    {
        try (TestMesh mesh = TestMesh.chain(5, 3))
        {
            final Member a = new Member(mesh, "a", SPEC);
            final Member c = new Member(mesh, "c", SPEC);
            untilJoined(mesh, a, c);
            a.send(50);
            a.channel.close();
            final Member again = new Member(mesh, "a", SPEC);
            receive(mesh, 100, c);
            assertEquals(numbers("a", 0, 50), c.got);
            mesh.runUntil("joined again", () ->
            {
                receive(mesh, 1, c, again);
                return again.channel.members().size() == 1 && c.channel.members().size() == 1;
            });
            c.got.clear();
            again.send(10);
            receive(mesh, 100, c, again);
            assertEquals(numbers("a", 0, 10), c.got);
        }
    }
}
