package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.PingReport;
import io.aeromesh.Reply;
import io.aeromesh.RequestListener;
import io.aeromesh.RouteStatus;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.Topology;
import io.aeromesh.contract.CounterSum;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimHost;
import io.aeromesh.sim.SimOs;
import io.aeromesh.sim.SimSkew;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node with contexts: one node to all others, however many processes are behind it.
 */
class ContextTest
{
    private final TestMesh mesh = new TestMesh(1);
    private final SimHost hostA = mesh.sim().newHost();
    private final SimHost hostB = mesh.sim().newHost();
    private final Events events = new Events();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[32]);
    private long seed;

    @AfterEach
    void close()
    {
        mesh.close();
    }

    private MeshNode on(final SimHost host, final String name, final String... links)
    {
        return mesh.node(name, config -> on(host, config), links);
    }

    private NodeConfig on(final SimHost host, final NodeConfig config)
    {
        return config.os(new SimOs(mesh.sim().clock(), new SplittableRandom(++seed), SimSkew.NONE, host));
    }

    /**
     * {@code a-relay-b}, with places for contexts of {@code a} and {@code b}.
     */
    private void hosts()
    {
        on(hostA, "a", "ar", "ac", "ad");
        mesh.node("relay", "ar", "rb");
        startB();
    }

    private void startB()
    {
        on(hostB, "b", "rb", "bx", "by");
    }

    private void offer(final Channel channel, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertTrue(channel.offer(message) > 0);
        }
    }

    private void untilReported(final Channel channel)
    {
        mesh.runUntil("report", () -> channel.poll((buffer, offset, length, origin) ->
        {}, 1) <= 0 && events.ended.size() == 1);
    }

    private static boolean isDirect(final Channel channel)
    {
        return channel.path().kind() != ChannelPath.Kind.NONE && channel.path().kind() != ChannelPath.Kind.PROXY;
    }

    private static long table(final MeshNode node, final String table)
    {
        final long[] found = {-1};
        node.occupancy((name, size, limit) -> found[0] = name.equals(table) ? size : found[0]);
        return found[0];
    }

    @Test
    void shouldReachAContextByItsName()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", "b/x");
        final Channel here = mesh.open("b/x", "a");

        mesh.deliverAll(new Pump(there, here, 1, 5_000), new Pump(here, there, 2, 5_000));
    }

    @Test
    void shouldJoinContextsOfTwoHostsAndOfOne()
    {
        hosts();
        on(hostA, "a/c", "ac");
        on(hostB, "b/x", "bx");
        on(hostB, "b/y", "by");
        final Channel cx = mesh.open("a/c", "b/x");
        final Channel xc = mesh.open("b/x", "a/c");
        final Channel xy = mesh.open("b/x", "b/y");
        final Channel yx = mesh.open("b/y", "b/x");

        mesh.deliverAll(new Pump(cx, xc, 1, 3_000), new Pump(xc, cx, 2, 3_000), new Pump(xy, yx, 3, 3_000),
            new Pump(yx, xy, 4, 3_000));
    }

    @Test
    void shouldJoinAContextAndItsHost()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel host = mesh.open("b", "b/x");
        final Channel context = mesh.open("b/x", "b");

        mesh.deliverAll(new Pump(host, context, 1, 1_000), new Pump(context, host, 2, 1_000));
    }

    @Test
    void shouldShowOthersOneNode()
    {
        hosts();
        on(hostB, "b/x", "bx");
        on(hostB, "b/y", "by");
        mesh.open("b/x", "a");
        mesh.sim().run(500);

        assertEquals(List.of("b", "relay"),
            mesh.sim().node("a").routes().stream().map(RouteStatus::destination).sorted().toList());
        final Reply<Topology> picture = mesh.sim().node("a").topology();
        mesh.runUntil("picture", picture::isDone);
        assertEquals(List.of("a", "b", "relay"), picture.get().nodes());
        assertEquals(4, picture.get().links().size());
    }

    @Test
    void shouldTellOfAContextThatDiedAndGoOnWithTheNextOfItsName()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);
        offer(there, 3);

        mesh.kill("b/x");

        untilReported(there);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
        on(hostB, "b/x", "bx");
        final Channel next = mesh.open("b/x", "a");
        mesh.deliverAll(new Pump(there, next, 1, 500), new Pump(next, there, 2, 500));
    }

    /** A renewed path makes all ask who talk to any context of that node, and each of these processes wakes up. */
    @Test
    void shouldTellOfAContextThatDiedBeforeAllAreMadeToAsk()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        mesh.untilConnected(there, mesh.open("b/x", "a"));
        final long before = pathChanges("a");

        mesh.kill("b/x");

        untilReported(there);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
        assertEquals(before, pathChanges("a"));
        mesh.runUntil("all are made to ask", () -> pathChanges("a") > before);
    }

    @Test
    void shouldDeliverWhatADeadContextHadSentBeforeItsEndIsTold()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);

        mesh.sim().pause("a");
        offer(here, 3);
        mesh.sim().run(200);
        mesh.kill("b/x");
        mesh.sim().run(200);
        mesh.sim().pause();

        final int[] got = new int[1];
        final MessageHandler count = (buffer, offset, length, origin) -> got[0]++;
        mesh.runUntil("report", () -> there.poll(count, 10) < 0 || events.ended.size() == 1);
        there.poll(count, 10);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
        assertEquals(3, got[0]);
    }

    private long pathChanges(final String node)
    {
        return CounterSum.of(mesh.sim().node(node).counters(), MeshCounter.ROUTE_CHANGES);
    }

    @Test
    void shouldWaitForAContextThatComesLater()
    {
        hosts();
        final Channel there = mesh.open("a", "b/x");
        mesh.sim().run(2_000);
        assertEquals(MessageSink.NOT_CONNECTED, there.offer(message));

        on(hostB, "b/x", "bx");
        final Channel here = mesh.open("b/x", "a");

        mesh.deliverAll(new Pump(there, here, 1, 500));
    }

    @Test
    void shouldNotTakeAContextThatIsStoppedForADeadOne()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);

        mesh.sim().pause("b/x");
        offer(there, 3);
        for (int i = 0; i < 600; i++)
        {
            mesh.sim().step(100_000_000); // a minute
        }
        mesh.sim().pause();

        final int[] got = new int[1];
        mesh.runUntil("delivered", () -> (got[0] += here.poll((buffer, offset, length, origin) ->
        {}, 10)) == 3);
        assertEquals(List.of(), events.ended);
    }

    @Test
    void shouldLoseNothingWhenTheHostDiesAndIsStartedAgain()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);
        final Pump forth = new Pump(there, here, 1, 20_000);
        final Pump back = new Pump(here, there, 2, 20_000);
        for (int i = 0; i < 20; i++)
        {
            forth.pump();
            back.pump();
            mesh.sim().step();
        }

        mesh.kill("b");
        mesh.sim().run(100);
        startB();

        mesh.deliverAll(forth, back);
        assertEquals(List.of(), events.ended);
    }

    @Test
    void shouldTellOfAContextThatDiedWhileItsHostWasAway()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);

        mesh.kill("b");
        mesh.kill("b/x");
        mesh.sim().run(100);
        startB();

        untilReported(there);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
    }

    @Test
    void shouldTellOfAContextThatDiesBeforeItIsAttachedAgain()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);

        mesh.kill("b");
        mesh.sim().pause("b/x");
        startB();
        offer(there, 1);
        mesh.sim().run(1_000);
        assertEquals(List.of(), events.ended);
        mesh.kill("b/x");
        mesh.sim().pause();

        untilReported(there);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
    }

    /**
     * The way there and the way back are of different nodes, and only the way back is lost with what it carries.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellOfAContextThatDiedWhenTheWordOfItIsLostOnItsWay(final boolean isStartedAgain)
    {
        final HeldLanes lanes = new HeldLanes();
        mesh.sim().wrap(lanes);
        mesh.node("a", "ad?name=ad|cost=1", "ae?name=ae|cost=50");
        mesh.node("d", "ad?name=ad|cost=1", "db?name=db|cost=1");
        mesh.node("e", "ae?name=ae|cost=1", "eb?name=eb|cost=1");
        on(hostB, "b", "db?name=db|cost=50", "eb?name=eb|cost=1", "bx");
        on(hostB, "b/x", "bx");
        final Channel here = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel there = mesh.open("b/x", "a");
        mesh.settle(here, there);
        assertEquals("d", mesh.nextHop("a", "b"));
        assertEquals("e", mesh.nextHop("b", "a"));

        lanes.hold("a", "ae", LaneKind.CONTROL);
        mesh.kill("b/x");
        if (isStartedAgain)
        {
            on(hostB, "b/x", "bx");
        }
        mesh.sim().run(300);
        here.poll((buffer, offset, length, origin) ->
        {}, 1);
        assertEquals(List.of(), events.ended);
        mesh.sim().node("a").removeEdge("ae");
        lanes.release("a", "ae", LaneKind.CONTROL);

        mesh.runUntil("it is told", () ->
        {
            here.poll((buffer, offset, length, origin) ->
            {}, 1);
            return !events.ended.isEmpty();
        });
    }

    @Test
    void shouldForgetTheRequestOfADeadContext()
    {
        hosts();
        on(hostA, "a/c", "ac");
        on(hostA, "a/d", "ad");
        mesh.open("a/c", "b");
        mesh.open("a/d", "b");
        mesh.runUntil("both have asked", () -> table(mesh.sim().node("b"), "requests") == 2);

        mesh.kill("a/c");

        mesh.runUntil("one has", () -> table(mesh.sim().node("b"), "requests") == 1);
        final RequestListener listener = mesh.sim().node("b").listen("");
        final List<ChannelRequest> requests = new ArrayList<>();
        mesh.runUntil("the other is told", () -> listener.poll(requests::add) > 0);
        assertEquals("a/d", requests.get(0).source());
    }

    /**
     * A context asks whether who has asked its node is still there, as the way to that one has changed.
     */
    @Test
    void shouldKeepTheRequestToItsNodeWhenTheWayToWhoAsksHasChanged()
    {
        hosts();
        final MeshNode x = on(hostB, "b/x", "bx");
        mesh.runUntil("routes", () -> mesh.hasRoute("b/x", "a"));
        final List<ChannelRequest> requests = new ArrayList<>();
        final RequestListener first = x.listen("orders");
        mesh.open("a", ChannelSpec.to("b").named("orders"));
        mesh.runUntil("request", () -> first.poll(requests::add) > 0);
        on(hostA, "a/c", "ac"); // which others see as another way to a
        mesh.sim().run(300);

        final RequestListener second = x.listen("orders");
        mesh.runUntil("request is told to who comes later", () -> second.poll(requests::add) > 0);
    }

    @Test
    void shouldServeAChannelOfTheNodeByWhicheverContextHasIt()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders").listener(events));
        final Channel x = mesh.open("b/x", ChannelSpec.to("a").named("orders"));
        mesh.deliverAll(new Pump(there, x, 1, 500), new Pump(x, there, 2, 500));

        on(hostB, "b/y", "by");
        final Channel y = mesh.open("b/y", ChannelSpec.to("a").named("orders"));
        mesh.sim().run(500);
        assertEquals(0, there.poll((buffer, offset, length, origin) ->
        {}, 1));
        assertEquals(List.of(), events.ended);
        mesh.kill("b/x");
        untilReported(there);

        mesh.deliverAll(new Pump(there, y, 3, 500), new Pump(y, there, 4, 500));
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
        assertEquals(1, events.ended.size());
    }

    /** Both have answered the first end, which has taken one of them. */
    @Test
    void shouldServeAChannelOfTheNodeByTheContextThatWasNotChosenBefore()
    {
        hosts();
        on(hostB, "b/x", "bx");
        on(hostB, "b/y", "by");
        final Channel x = mesh.open("b/x", ChannelSpec.to("a").named("orders"));
        final Channel y = mesh.open("b/y", ChannelSpec.to("a").named("orders"));
        mesh.sim().run(500);
        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders").listener(events));
        mesh.runUntil("one is chosen", () -> there.state() == ChannelState.CONNECTED);
        mesh.sim().run(500);
        final boolean isX = x.state() == ChannelState.CONNECTED;
        assertTrue(isX ^ y.state() == ChannelState.CONNECTED);

        mesh.kill(isX ? "b/x" : "b/y");
        untilReported(there);

        final Channel other = isX ? y : x;
        mesh.deliverAll(new Pump(there, other, 3, 500), new Pump(other, there, 4, 500));
    }

    /** It belongs to the channel of its node as long as that is open, though another serves it. */
    @Test
    void shouldTellOfTheContextThatWasNotChosenWhenTheChannelOfItsNodeIsClosed()
    {
        hosts();
        on(hostB, "b/x", "bx");
        on(hostB, "b/y", "by");
        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders"));
        final Channel x = mesh.open("b/x", ChannelSpec.to("a").named("orders"));
        mesh.untilConnected(there, x);
        mesh.open("b/y", ChannelSpec.to("a").named("orders"));
        mesh.sim().run(500);
        final RequestListener listener = mesh.sim().node("a").listen("");
        final List<String> asked = new ArrayList<>();

        there.close();

        mesh.runUntil("request", () ->
        {
            x.poll((buffer, offset, length, origin) ->
            {}, 1);
            listener.poll(request -> asked.add(request.source()));
            return asked.contains("b/y");
        });
    }

    /** The relay hears nothing of {@code a} for a while, so {@code b} forgets it and who is behind it. */
    @Test
    void shouldTellOfARequestOfAContextWhoseNodeWasForgottenMeanwhileAndDoesNotKnowOfThat()
    {
        final HeldLanes lanes = new HeldLanes();
        mesh.sim().wrap(lanes);
        on(hostA, "a", "ar?name=ar", "ac");
        mesh.node("relay", config -> config.limits(NodeLimits.DEFAULT.edgePing(20_000, 200_000)), "ar?name=ar", "rb");
        startB();
        on(hostA, "a/c", "ac");
        mesh.open("a/c", ChannelSpec.to("b").named("orders"));
        mesh.runUntil("b was asked", () -> table(mesh.sim().node("b"), "requests") == 1);
        mesh.sim().run(2_000);

        lanes.hold("relay", "ar", LaneKind.CONTROL);
        mesh.runUntil("b has forgotten", () -> table(mesh.sim().node("b"), "requests") == 0);
        mesh.sim().run(100);
        lanes.release("relay", "ar", LaneKind.CONTROL);

        mesh.runUntil("b was asked again", () -> table(mesh.sim().node("b"), "requests") == 1);
    }

    @Test
    void shouldServeAChannelAgainThatWasClosedBeforeTheContextHadAnswered()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel x = mesh.open("b/x", ChannelSpec.to("a").named("orders"));
        mesh.sim().run(500);
        mesh.sim().pause("b/x");
        final Channel first = mesh.open("a", ChannelSpec.to("b").named("orders"));
        mesh.sim().run(100);
        first.close();
        mesh.sim().run(100);
        mesh.sim().pause();
        mesh.sim().run(500);

        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders"));
        mesh.deliverAll(new Pump(there, x, 1, 500), new Pump(x, there, 2, 500));
    }

    @Test
    void shouldServeAChannelOfTheNodeWhicheverEndIsOpenedFirst()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel x = mesh.open("b/x", ChannelSpec.to("a").named("orders"));
        mesh.sim().run(500);
        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders"));

        mesh.deliverAll(new Pump(there, x, 1, 500), new Pump(x, there, 2, 500));
    }

    @Test
    void shouldTellAListeningContextOfARequestToItsNode()
    {
        hosts();
        final MeshNode context = on(hostB, "b/x", "bx");
        final RequestListener listener = context.listen("orders");
        mesh.sim().run(500);
        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders"));

        final List<ChannelRequest> requests = new ArrayList<>();
        mesh.runUntil("request", () -> listener.poll(requests::add) > 0);

        assertEquals("a", requests.get(0).source());
        final Channel here = context.open(requests.get(0).spec());
        mesh.deliverAll(new Pump(there, here, 1, 500), new Pump(here, there, 2, 500));
    }

    /** The word of who asks is on its way to the context, as is what it asks for. */
    @Test
    void shouldTellAListeningContextOfRequestsOfNodesThatItDoesNotKnowYet()
    {
        final int count = 8;
        on(hostB, "b", IntStream.rangeClosed(0, count).mapToObj(i -> "b" + i).toArray(String[]::new));
        final RequestListener listener = on(hostB, "b/x", "b" + count).listen("orders");
        mesh.sim().run(500);
        final List<ChannelRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            mesh.node("c" + i, "b" + i);
            mesh.open("c" + i, ChannelSpec.to("b").named("orders"));
            final int asked = i + 1;
            mesh.runUntil("request " + asked, () -> listener.poll(requests::add) >= 0 && requests.size() == asked);
        }
    }

    @Test
    void shouldBroadcastAmongNodesAndContexts()
    {
        hosts();
        on(hostA, "a/c", "ac");
        on(hostB, "b/x", "bx");
        on(hostB, "b/y", "by");
        final List<BroadcastChannel> members = new ArrayList<>();
        for (final String name : List.of("a", "a/c", "b/x", "relay", "b/y"))
        {
            members.add(mesh.sim().node(name).open(BroadcastSpec.named("news")
                .slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE)));
            mesh.sim().run(300);
        }
        mesh.runUntil("all joined", () -> members.stream().allMatch(member -> member.members().size() == 4));

        final int[] sent = new int[5];
        final int[] got = new int[1];
        mesh.runUntil("all delivered", () ->
        {
            for (int i = 0; i < 5; i++)
            {
                sent[i] += sent[i] < 200 && members.get(i).offer(message, 0, 32) > 0 ? 1 : 0;
                got[0] += members.get(i).poll((buffer, offset, length, origin) ->
                {}, 100);
            }
            return got[0] == 5 * 4 * 200;
        });
        mesh.kill("b/x");
        mesh.runUntil("it has left", () -> members.stream().filter(member -> member != members.get(2)).allMatch(
            member -> member.poll((buffer, offset, length, origin) ->
            {}, 1) <= 0 && member.members().size() == 3));
    }

    @Test
    void shouldGoOnDirectlyWhileTheHostIsAway()
    {
        on(hostB, "b", "bx", "by");
        final var memory = mesh.sim().newMemory();
        mesh.node("b/x", config -> on(hostB, config).sharing(memory), "bx");
        mesh.node("b/y", config -> on(hostB, config).sharing(memory), "by");
        final Channel x = mesh.open("b/x", ChannelSpec.to("b/y").listener(events));
        final Channel y = mesh.open("b/y", "b/x");
        mesh.untilConnected(x, y);
        mesh.settle(x, y);
        mesh.deliverAll(new Pump(x, y, 5, 10), new Pump(y, x, 6, 10));
        assertTrue(isDirect(x) && isDirect(y), x.path() + " " + y.path() + events.rejections);

        mesh.kill("b");

        mesh.deliverAll(new Pump(x, y, 1, 2_000), new Pump(y, x, 2, 2_000));
        on(hostB, "b", "bx", "by");
        mesh.deliverAll(new Pump(x, y, 3, 2_000), new Pump(y, x, 4, 2_000));
        assertEquals(List.of(), events.ended);
    }

    @Test
    void shouldPingAContext()
    {
        hosts();
        on(hostB, "b/x", "bx");
        mesh.runUntil("route", () -> mesh.hasRoute("a", "b") && mesh.hasRoute("b", "b/x"));
        final Reply<PingReport> reply = mesh.sim().node("a").ping("b/x");
        mesh.runUntil("answer", reply::isDone);

        assertEquals(List.of("relay", "b", "b/x"),
            reply.get().hops().stream().map(PingReport.Hop::node).toList());
    }

    @Test
    void shouldRefuseAnEdgeOfAContextToAnyOtherNode()
    {
        mesh.node("a", "ab");
        mesh.node("b/x", "ab");

        mesh.runUntil("refusal", () -> mesh.sim().node("a").errors().stream().anyMatch(
            error -> error.contains(ErrorCode.EDGE_REFUSED.name())));
        mesh.sim().run(500);

        assertFalse(mesh.hasRoute("a", "b/x"));
    }

    @Test
    void shouldRefuseNamesThatAreNeitherNodeNorContext()
    {
        for (final String name : List.of("/x", "a/", "a/b/c", "/"))
        {
            final MeshException error = assertThrows(MeshException.class, () -> NodeConfig.named(name));
            assertEquals(ErrorCode.BAD_CONFIG, error.code());
            assertThrows(MeshException.class, () -> ChannelSpec.to(name));
        }
    }

    @Test
    void shouldAnswerAClosedEndInTheNameOfADeadContext()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").closeDrainNs(0));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);
        mesh.sim().pause("relay");
        mesh.kill("b/x");
        there.close();
        mesh.runUntil("closed", () -> there.poll((buffer, offset, length, origin) ->
        {}, 1) <= 0 && there.closeReport() != null);
        mesh.sim().pause();
        mesh.sim().run(500);

        assertEquals(0, table(mesh.sim().node("a"), "closing sessions"));
    }

    @Test
    void shouldKeepASessionWithAContextWhenItsNodeOpensTheChannelToo()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders").listener(events));
        final Channel x = mesh.open("b/x", ChannelSpec.to("a").named("orders"));
        mesh.untilConnected(there, x);

        mesh.open("b", ChannelSpec.to("a").named("orders"));
        mesh.sim().run(1_000);

        mesh.deliverAll(new Pump(there, x, 1, 500), new Pump(x, there, 2, 500));
        assertEquals(List.of(), events.ended);
    }

    @Test
    void shouldKeepASessionWithAContextWhenTheSameChannelToItsNodeIsOpened()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").named("orders").listener(events));
        final Channel x = mesh.open("b/x", ChannelSpec.to("a").named("orders").listener(events));
        mesh.untilConnected(there, x);

        mesh.open("a", ChannelSpec.to("b").named("orders"));
        mesh.sim().run(1_000);

        mesh.deliverAll(new Pump(there, x, 1, 500), new Pump(x, there, 2, 500));
        assertEquals(List.of(), events.ended);
    }

    @Test
    void shouldTellOfAContextThatIsKilledWhileItIsStopped()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b/x").listener(events));
        final Channel here = mesh.open("b/x", "a");
        mesh.untilConnected(there, here);
        mesh.sim().pause("b/x");
        for (int i = 0; i < 100; i++)
        {
            mesh.sim().step(100_000_000);
        }
        mesh.kill("b/x");
        mesh.sim().pause();

        untilReported(there);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
    }

    @Test
    void shouldLetAnotherContextServeWhereOneDoesNotFit()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final Channel there = mesh.open("a", ChannelSpec.to("b").named("orders").listener(events));
        mesh.open("b/x", ChannelSpec.to("a").named("orders").schemaFingerprint(7));
        mesh.runUntil("rejection", () -> there.poll((buffer, offset, length, origin) ->
        {}, 1) <= 0 && !events.rejections.isEmpty());

        final MeshNode y = on(hostB, "b/y", "by");
        final RequestListener listener = y.listen("orders");
        final List<ChannelRequest> requests = new ArrayList<>();
        mesh.runUntil("request", () -> listener.poll(requests::add) > 0);

        final Channel here = y.open(requests.get(0).spec());
        mesh.deliverAll(new Pump(there, here, 1, 500), new Pump(here, there, 2, 500));
    }

    @Test
    void shouldNotHoldTheHostsBroadcastsBackForADeadContext()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final BroadcastSpec spec = BroadcastSpec.named("news").slowMember(BroadcastSpec.SlowMember.BACK_PRESSURE);
        final BroadcastChannel host = mesh.sim().node("b").open(spec.listener(events));
        final BroadcastChannel context = mesh.sim().node("b/x").open(spec);
        mesh.runUntil("joined", () -> host.members().size() == 1 && context.members().size() == 1);
        mesh.kill("b/x");

        mesh.runUntil("it has left", () -> host.poll((buffer, offset, length, origin) ->
        {}, 1) <= 0 && host.members().isEmpty() && events.ended.size() == 1);
        assertEquals(EndReason.PEER_DIED, events.lastEnd().reason());
    }

    /**
     * A context's member hears of another's opening, which is closed before that one has heard of this, and opened
     * again.
     */
    @Test
    void shouldMeetAContextThatOpensABroadcastChannelAgainBeforeItHasMetAnother()
    {
        hosts();
        on(hostA, "a/c", "ac");
        on(hostB, "b/x", "bx");
        final BroadcastSpec spec = BroadcastSpec.named("news");
        final MessageHandler ignore = (buffer, offset, length, origin) ->
        {};
        mesh.runUntil("routes", () -> mesh.hasRoute("a/c", "b") && mesh.hasRoute("b/x", "a"));
        final BroadcastChannel member = mesh.sim().node("b/x").open(spec);
        for (int ticks = 1; ticks < 20; ticks++)
        {
            final BroadcastChannel other = mesh.sim().node("a/c").open(spec);
            mesh.sim().run(ticks);
            other.close();
            mesh.sim().run(100);
            final BroadcastChannel again = mesh.sim().node("a/c").open(spec);
            mesh.runUntil("both have met, after " + ticks + " ticks", () -> member.poll(ignore, 1) <= 0 &&
                again.poll(ignore, 1) <= 0 && member.members().size() == 1 && again.members().size() == 1);
            again.close();
            mesh.runUntil("it has left", () -> member.poll(ignore, 1) <= 0 && member.members().isEmpty());
        }
    }

    /**
     * What another context opens is not shown to one that is not attached.
     */
    @Test
    void shouldMeetAContextThatOpensABroadcastChannelWhileAnotherIsNotAttached()
    {
        hosts();
        on(hostB, "b/x", "bx");
        final List<BroadcastChannel> members = joinNews("a", "b/x");
        awaitAllMet(members);
        mesh.sim().pause("b/x");
        mesh.kill("b");
        startB();
        on(hostA, "a/c", "ac");
        members.addAll(joinNews("b", "a/c"));
        mesh.runUntil("those who are there have met", () -> poll(members) && members.get(2).members().size() == 2 &&
            members.get(3).members().size() == 2);
        mesh.sim().pause();

        awaitAllMet(members);
    }

    private List<BroadcastChannel> joinNews(final String... names)
    {
        final List<BroadcastChannel> members = new ArrayList<>();
        for (final String name : names)
        {
            members.add(mesh.sim().node(name).open(BroadcastSpec.named("news")));
        }
        return members;
    }

    private void awaitAllMet(final List<BroadcastChannel> members)
    {
        mesh.runUntil("all have met", () -> poll(members) &&
            members.stream().allMatch(member -> member.members().size() == members.size() - 1));
    }

    private static boolean poll(final List<BroadcastChannel> members)
    {
        members.forEach(member -> member.poll((buffer, offset, length, origin) ->
        {}, 1));
        return true;
    }
}
