package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.MeshNode;
import io.aeromesh.error.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Use by two threads, names taken twice, and whether a seed decides everything.
 */
class MisuseTest
{
    @Test
    void shouldDetectTwoThreadsAtOnceOnOneEnd()
    {
        try (TestMesh mesh = TestMesh.chain(1, 2))
        {
            final Channel first = mesh.open("a", "b");
            final Channel last = mesh.open("b", "a");
            mesh.untilConnected(first, last);
            first.offer(new UnsafeBuffer(new byte[8]));
            mesh.sim().run(20);
            final Throwable[] found = new Throwable[1];
            last.poll((buffer, offset, length, origin) ->
            {
                final CompletableFuture<Long> other =
                    CompletableFuture.supplyAsync(() -> last.offer(new UnsafeBuffer(new byte[8])));
                found[0] = Assertions.assertThrows(CompletionException.class, other::join).getCause();
            }, 10);
            assertEquals(AssertionError.class, found[0].getClass());
            assertTrue(found[0].getMessage().contains("two threads at once"), found[0].getMessage());
        }
    }

    @Test
    void shouldGiveTheSameRunForTheSameSeedAndAnotherForAnother()
    {
        assertEquals(trace(1), trace(1));
        assertNotEquals(trace(1), trace(2));
    }

    private static String trace(final int seed)
    {
        try (TestMesh mesh = TestMesh.chain(seed, 4))
        {
            final Channel first = mesh.open("a", "d");
            final Channel last = mesh.open("d", "a");
            final Pump pump = new Pump(first, last, 1, 5_000);
            final StringBuilder trace = new StringBuilder();
            mesh.runUntil("all delivered", () ->
            {
                final boolean done = pump.pump();
                trace.append(pump.sent()).append(' ').append(pump.delivered()).append('\n');
                return done;
            });
            for (final String name : mesh.sim().names())
            {
                mesh.sim().node(name).counters().forEach(
                    (value, id, label) -> trace.append(label).append('=').append(value).append('\n'));
            }
            return trace.toString();
        }
    }

    @Test
    void shouldReportATakenNameAtBothWhenTheyAreNeighbours()
    {
        try (TestMesh mesh = new TestMesh(3))
        {
            final MeshNode one = mesh.node("same", "l");
            final MeshNode two = mesh.node("same", "l");
            untilBothReport(mesh, one, two);
            one.close();
        }
    }

    @Test
    void shouldReportATakenNameAtBothWhenTheyAreTwoHopsApart()
    {
        try (TestMesh mesh = new TestMesh(4))
        {
            mesh.node("relay", "l1", "l2");
            final MeshNode one = mesh.node("same", "l1");
            final MeshNode two = mesh.node("same", "l2");
            untilBothReport(mesh, one, two);
            mesh.runUntil("one has given it up",
                () -> has(ErrorCode.NAME_WITHDRAWN, one) != has(ErrorCode.NAME_WITHDRAWN, two));
            one.close();
        }
    }

    private static void untilBothReport(final TestMesh mesh, final MeshNode one, final MeshNode two)
    {
        mesh.sim().task(one::doWork);
        mesh.runUntil("both report NAME_TAKEN",
            () -> has(ErrorCode.NAME_TAKEN, one) && has(ErrorCode.NAME_TAKEN, two));
    }

    private static boolean has(final ErrorCode code, final MeshNode node)
    {
        return node.errors().stream().anyMatch(error -> error.contains(code.name()));
    }
}
