package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.EdgeStatus;
import io.aeromesh.SessionReport;
import io.aeromesh.system.Joint.Cell;
import io.aeromesh.system.Wiring.Ends;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold on every transport, whoever runs the nodes. Two nodes, and three for a late edge in the middle.
 */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportMatrixTest
{
    private static final int[] PAUSES = {0, 1, 10, 50};
    private static final int SIZE_MAX = 64 * 1024;

    static List<Cell> cells()
    {
        return Joint.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldMeetInAnyOrder(final Cell cell)
    {
        final int rounds = cell.joint().isQuick() ? 40 : 4;
        final Random random = new Random(cell.hashCode());
        try (Grid grid = new Grid(cell.threading()))
        {
            grid.start("left");
            grid.start("right");
            for (int round = 0; round < rounds; round++)
            {
                meet(grid, cell.joint(), random);
            }
        }
    }

    /** The edge's ends and the channel's ends come in any order, with a few duty cycles between. */
    private static void meet(final Grid grid, final Joint joint, final Random random)
    {
        final boolean swapped = random.nextBoolean();
        final String first = swapped ? "right" : "left";
        final String second = swapped ? "left" : "right";
        final Ends ends = grid.wiring().join(joint, first, second);
        final Conversation talk = grid.converse(first, second).more(1 + random.nextInt(50));

        final List<Runnable> steps = new ArrayList<>(List.of(
            talk::openFirst,
            talk::openSecond,
            () -> grid.node(second).addEdge(ends.second())));
        if (joint == Joint.IPC_EMBEDDED)
        {
            // who uses a driver is told at once that it is absent, so the end that runs it comes first
            grid.node(first).addEdge(ends.first());
        }
        else
        {
            steps.add(() -> grid.node(first).addEdge(ends.first()));
        }
        Collections.shuffle(steps, random);
        for (final Runnable step : steps)
        {
            step.run();
            grid.cycles(PAUSES[random.nextInt(PAUSES.length)]);
            talk.pump();
        }

        talk.finish();
        talk.close();
        grid.node(first).removeEdge(ends.name());
        grid.node(second).removeEdge(ends.name());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldKeepSessionWhenEdgeIsRemovedAndAddedInTraffic(final Cell cell)
    {
        try (Grid grid = new Grid(cell.threading()))
        {
            final Ends ends = grid.startPair(cell.joint(), "left", "right");
            final Conversation talk = grid.converse("left", "right").open();
            for (int i = 0; i < 3; i++)
            {
                final int until = talk.back().delivered() + 500;
                talk.more(1_000);
                talk.pumpUntil("traffic", () -> talk.back().delivered() >= until);
                grid.node("left").removeEdge(ends.name());
                talk.pumpUntil("no route", () -> grid.node("right").routes().stream()
                    .allMatch((route) -> route.nextHop().isEmpty()));
                grid.node("left").addEdge(ends.first());
            }

            talk.finish();

            assertEquals(List.of(), talk.firstEnded());
            assertEquals(List.of(), talk.secondEnded());
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldKeepSessionWhenEdgeIsRemovedAndAddedAtOnce(final Cell cell)
    {
        try (Grid grid = new Grid(cell.threading()))
        {
            final Ends ends = grid.startPair(cell.joint(), "left", "right");
            final Conversation talk = grid.converse("left", "right").open();
            for (int i = 0; i < (cell.joint().isQuick() ? 30 : 2); i++)
            {
                talk.more(200);
                final int half = talk.back().delivered() + 100;
                talk.pumpUntil("traffic", () -> talk.back().delivered() >= half);
                grid.node("left").removeEdge(ends.name());
                grid.node("left").addEdge(ends.first());
                grid.node("right").removeEdge(ends.name());
                grid.node("right").addEdge(ends.second());
            }
            talk.finish();

            assertEquals(List.of(), talk.firstEnded());
            assertEquals(List.of(), talk.secondEnded());
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldKeepChannelWhenEdgeIsReplaced(final Cell cell)
    {
        try (Grid grid = new Grid(cell.threading()))
        {
            final Ends ends = grid.startPair(cell.joint(), "left", "right");
            final Conversation talk = grid.converse("left", "right").open().more(2_000);
            talk.pumpUntil("traffic", () -> talk.back().delivered() >= 500);

            grid.node("left").replaceEdge(ends.first());
            talk.pumpUntil("traffic", () -> talk.back().delivered() >= 1_000);
            grid.node("right").replaceEdge(ends.second());
            talk.finish();

            assertEquals(1, grid.node("left").edges().size());
            assertEquals(List.of(), talk.firstEnded());
            assertEquals(List.of(), talk.secondEnded());
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldReportAndGoOnWhenNodeIsCreatedAgain(final Cell cell)
    {
        try (Grid grid = new Grid(cell.threading()))
        {
            final Ends ends = grid.startPair(cell.joint(), "left", "right");
            final Conversation talk = grid.converse("left", "right").open().more(200);
            talk.finish();

            grid.stop("right");
            grid.start("right", ends.second());
            talk.openSecond();
            talk.pumpUntil("report", () -> talk.firstEnded().size() == 1);
            talk.restart();
            talk.more(200).finish();

            assertEquals(1, talk.firstEnded().size(), talk::toString);
            final SessionReport report = talk.firstEnded().get(0);
            assertEquals(report.acceptedPosition(), report.acknowledgedPosition(), report::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldReopenOneEndAgainAndAgain(final Cell cell)
    {
        try (Grid grid = new Grid(cell.threading()))
        {
            grid.startPair(cell.joint(), "left", "right");
            final Conversation talk = grid.converse("left", "right").openFirst();
            for (int i = 0; i < 3; i++)
            {
                talk.restart();
                talk.openSecond().more(50);
                talk.finish();
                final int ended = i + 1;
                talk.second().close();
                talk.pumpUntil("report", () -> talk.firstEnded().size() == ended);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldGoThroughALateEdgeInTheMiddle(final Cell cell)
    {
        try (Grid grid = new Grid(cell.threading()))
        {
            grid.startPair(cell.joint(), "a", "b");
            grid.start("c");
            final Conversation talk = grid.converse("a", "c").open().more(50);
            grid.awaitRoute("a", "b");
            grid.cycles(50);
            talk.pump();
            assertEquals(0, talk.forth().sent());

            grid.addEdge(cell.joint(), "b", "c");
            talk.finish();
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldCarryEverySize(final Cell cell)
    {
        final Random random = new Random(cell.hashCode());
        final int[] sizes = random.ints(60, 0, SIZE_MAX + 1).toArray();
        final int[] edges = {0, 1, 55, 56, 57, 1023, 1024, 1025, 1376, 1408, 8_192, 65_504, SIZE_MAX - 1, SIZE_MAX};
        System.arraycopy(edges, 0, sizes, 10, edges.length);
        try (Grid grid = new Grid(cell.threading()))
        {
            grid.startPair(cell.joint(), "left", "right");
            final Conversation talk = grid.converse("left", "right").sizes((number) -> sizes[number])
                .open().more(sizes.length);
            talk.finish();
            assertEquals(sizes.length, talk.forth().delivered());
            assertEquals(sizes.length, talk.back().delivered());
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldTellNeighbourOfRemoval(final Cell cell)
    {
        try (Grid grid = new Grid(cell.threading()))
        {
            final Ends ends = grid.startPair(cell.joint(), "left", "right");
            grid.awaitEdge("left", ends.name(), EdgeStatus.State.UP);
            grid.awaitEdge("right", ends.name(), EdgeStatus.State.UP);

            grid.node("left").removeEdge(ends.name());

            grid.await("end of the edge", () -> grid.events().stream()
                .anyMatch((event) -> event.contains("right: edge " + ends.name() + " down to left")));
            assertTrue(grid.node("left").edges().isEmpty() || cell.threading().name().equals("THREADED"));
        }
    }
}
