package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.aeromesh.Channel;
import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.EdgeStatus;
import io.aeromesh.RequestListener;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.system.Wiring.Ends;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Transports of several kinds on one way.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MixedMeshTest
{
    private static final int SONGS = 500;

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldGoAlongAChainOfAllPointToPointTransports(final Threading threading)
    {
        try (Grid grid = new Grid(threading))
        {
            grid.start("a");
            grid.start("b");
            grid.start("c");
            grid.start("d");
            grid.start("e");
            final Conversation early = grid.converse("a", "e").sizes(MixedMeshTest::size).open().more(500);
            grid.addEdge(Joint.SHM, "a", "b");
            grid.addEdge(Joint.UDP, "c", "d");
            grid.addEdge(Joint.INPROC, "d", "e");
            grid.addEdge(Joint.IPC_EXTERNAL, "b", "c");

            early.finish();
            new Chorus(grid, "a", "b", "c", "d", "e").sing(SONGS);
            assertEquals(List.of(), early.firstEnded());
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldGoThroughAMulticastGroup(final Threading threading)
    {
        try (Grid grid = new Grid(threading))
        {
            final String group = grid.wiring().multicast() + "|name=group";
            grid.start("a");
            grid.start("b", group);
            grid.start("c", group);
            grid.start("d", group);
            grid.start("e");
            final Conversation talk = grid.converse("a", "e").sizes(MixedMeshTest::size).open().more(500);
            grid.addEdge(Joint.SHM, "a", "b");
            grid.addEdge(Joint.IPC_EMBEDDED, "d", "e");

            talk.finish();
            new Chorus(grid, "a", "b", "c", "d", "e").sing(SONGS);
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldTakeTheOtherWayRoundADiamond(final Threading threading)
    {
        try (Grid grid = new Grid(threading))
        {
            grid.start("a");
            grid.start("b");
            grid.start("c");
            grid.start("d");
            final Ends ab = grid.addEdge(Joint.SHM, "a", "b");
            grid.addEdge(Joint.IPC_EXTERNAL, "b", "d");
            final Ends ac = grid.addEdge(Joint.INPROC, "a", "c");
            grid.addEdge(Joint.UDP, "c", "d");
            final Conversation talk = grid.converse("a", "d").open();
            for (int i = 0; i < 3; i++)
            {
                talk.more(1_000);
                final int some = talk.back().delivered() + 300;
                talk.pumpUntil("traffic", () -> talk.back().delivered() >= some);
                grid.node("a").removeEdge(ab.name());
                grid.node("b").removeEdge(ab.name());
                talk.more(1_000);
                final int more = talk.back().delivered() + 1_000;
                talk.pumpUntil("traffic by c", () -> talk.back().delivered() >= more);
                grid.node("a").addEdge(ab.first());
                grid.node("b").addEdge(ab.second());
                grid.awaitEdge("a", ab.name(), EdgeStatus.State.UP);
                grid.node("a").removeEdge(ac.name());
                final int yetMore = talk.back().delivered() + 500;
                talk.more(500);
                talk.pumpUntil("traffic by b", () -> talk.back().delivered() >= yetMore);
                grid.node("a").addEdge(ac.first());
            }

            talk.finish();
            new Chorus(grid, "a", "b", "c", "d").sing(SONGS);
            assertEquals(List.of(), talk.firstEnded());
            assertEquals(List.of(), talk.secondEnded());
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldGoThroughAButterfly(final Threading threading)
    {
        try (Grid grid = new Grid(threading))
        {
            for (final String name : List.of("a", "b", "c", "d", "e", "f"))
            {
                grid.start(name);
            }
            grid.addEdge(Joint.SHM, "a", "c");
            grid.addEdge(Joint.INPROC, "b", "c");
            grid.addEdge(Joint.IPC_EXTERNAL, "c", "d");
            grid.addEdge(Joint.UDP, "d", "e");
            grid.addEdge(Joint.SHM, "d", "f");
            final Conversation first = grid.converse("a", "e").open().more(500);
            final Conversation second = grid.converse("b", "f").open().more(500);
            final Conversation third = grid.converse("f", "a").open().more(500);

            grid.await(() -> first + "; " + second + "; " + third, () ->
            {
                first.pump();
                second.pump();
                third.pump();
                return first.back().isDone() && second.back().isDone() && third.back().isDone();
            });
            first.finish();
            second.finish();
            third.finish();
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldTellListenersBeforeAndAfterTheEdgeAndAfterARestart(final Threading threading)
    {
        try (Grid grid = new Grid(threading))
        {
            grid.start("a");
            grid.start("b");
            grid.start("c");
            final List<ChannelRequest> requests = new ArrayList<>();
            final RequestListener early = grid.node("c").listen("talk");
            grid.node("a").open(ChannelSpec.to("c").named("talk"));
            final Ends ab = grid.addEdge(Joint.SHM, "b", "a");
            grid.addEdge(Joint.UDP, "b", "c");
            awaitRequest(grid, early, requests);
            awaitRequest(grid, grid.node("c").listen(""), requests);

            final Channel answer = grid.node("c").open(requests.get(0).spec());
            awaitState(grid, answer, ChannelState.CONNECTED);
            grid.stop("a");
            awaitState(grid, answer, ChannelState.CLOSED);
            grid.start("a", ab.second());
            grid.node("a").open(ChannelSpec.to("c").named("talk"));
            awaitRequest(grid, early, requests);

            awaitState(grid, grid.node("c").open(requests.get(2).spec()), ChannelState.CONNECTED);
            assertTrue(requests.stream().allMatch((request) -> request.source().equals("a")), requests::toString);
        }
    }

    private static void awaitRequest(final Grid grid, final RequestListener at, final List<ChannelRequest> requests)
    {
        grid.await("request", () -> at.poll(requests::add) > 0);
    }

    private static void awaitState(final Grid grid, final Channel channel, final ChannelState state)
    {
        grid.await(state.name(), () ->
        {
            channel.poll((buffer, offset, length, origin) -> fail("no message was sent"), 1);
            return channel.state() == state;
        });
    }

    private static int size(final int number)
    {
        return number % 50 == 49 ? 64 * 1024 - number : number;
    }
}
