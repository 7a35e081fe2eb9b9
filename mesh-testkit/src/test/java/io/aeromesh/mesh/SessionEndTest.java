package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.MessageSink;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What is told, and when, after a session ends.
 */
class SessionEndTest
{
    private static final long MESSAGE_BYTES = 40;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[32]);
    private final Events events = new Events();

    private void offer(final Channel channel, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertTrue(channel.offer(message) > 0);
        }
    }

    private static int consume(final Channel channel, final int limit)
    {
        return channel.poll((buffer, offset, length, origin) ->
        {}, limit);
    }

    private void awaitReport(final TestMesh mesh, final Channel channel)
    {
        mesh.runUntil("report", () ->
        {
            consume(channel, 1);
            return !events.ended.isEmpty();
        });
    }

    @Test
    void shouldTellThePeerOfACloseThatCameWhileTheMeshHadForgottenIt()
    {
        try (TestMesh mesh = TestMesh.chain(1, 2))
        {
            final Events events = new Events();
            final Channel closes = mesh.open("a", ChannelSpec.to("b").closeDrainNs(0));
            final Channel stays = mesh.open("b", ChannelSpec.to("a").listener(events));
            mesh.untilConnected(closes, stays);
            mesh.sim().node("a").removeEdge("inproc:ab");
            mesh.runUntil("a has forgotten b", () -> mesh.sim().node("a").routes().isEmpty());
            closes.close();
            mesh.runUntil("closed", () -> closes.poll((buffer, offset, length, origin) ->
            {}, 1) <= 0 && closes.closeReport() != null);
            mesh.sim().run(100);

            mesh.sim().node("a").addEdge("inproc:ab");

            mesh.runUntil("b is told", () -> stays.poll((buffer, offset, length, origin) ->
            {}, 1) <= 0 && events.ended.size() == 1);
        }
    }

    @Test
    void shouldReportExactRangesAndReopenWhenThePeerRestarts()
    {
        try (TestMesh mesh = TestMesh.chain(1, 3))
        {
            final Channel first = mesh.open("a", ChannelSpec.to("c").listener(events));
            final Channel last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            offer(first, 10);
            final int[] consumed = new int[1];
            mesh.runUntil("six consumed and acknowledged", () ->
            {
                consumed[0] += consume(last, 6 - consumed[0]);
                return first.acknowledgedPosition() == 6 * MESSAGE_BYTES;
            });
            final int more = consume(last, 2); // consumed, and the node dies before it can say so
            mesh.kill("c");
            offer(first, 5);
            mesh.sim().run(50);
            assertEquals(MessageSink.NO_ROUTE, first.offer(message));
            mesh.node("c", "bc");
            awaitReport(mesh, first);
            final SessionReport report = events.lastEnd();
            assertEquals(new SessionReport("c", "default", EndReason.PEER_RESTARTED, 0, 6 * MESSAGE_BYTES,
                15 * MESSAGE_BYTES, Outcome.UNKNOWN), report);
            assertEquals(2, more);

            final Channel next = mesh.open("c", "a");
            mesh.deliverAll(new Pump(first, next, 1, 50), new Pump(next, first, 2, 50));
            assertEquals(2, events.connected);
        }
    }

    @Test
    void shouldSayNotConsumedWhenThePeerClosesWithMessagesUnread()
    {
        try (TestMesh mesh = TestMesh.chain(2, 3))
        {
            final Channel first = mesh.open("a", ChannelSpec.to("c").listener(events));
            final Channel last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            offer(first, 10);
            mesh.sim().run(50);
            assertEquals(4, consume(last, 4));
            last.close();
            awaitReport(mesh, first);
            assertEquals(new SessionReport("c", "default", EndReason.CLOSED_BY_PEER, 0, 4 * MESSAGE_BYTES,
                10 * MESSAGE_BYTES, Outcome.NOT_CONSUMED), events.lastEnd());
            assertEquals(0, consume(last, 10));
            assertEquals(MessageSink.CLOSED, last.offer(message));
        }
    }

    @Test
    void shouldDrainWhatWasAcceptedWhenClosed()
    {
        try (TestMesh mesh = TestMesh.chain(3, 3))
        {
            final Channel first = mesh.open("a", "c");
            final Channel last = mesh.open("c", ChannelSpec.to("a").listener(events));
            mesh.untilConnected(first, last);
            offer(first, 1_000);
            first.close();
            assertEquals(MessageSink.CLOSED, first.offer(message));
            final int[] got = new int[1];
            mesh.runUntil("closed", () ->
            {
                got[0] += consume(last, 10);
                return first.closeReport() != null;
            });
            assertEquals(1_000, got[0]);
            assertEquals(0, first.closeReport().unacknowledgedBytes());
            awaitReport(mesh, last);
            assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
        }
    }

    @Test
    void shouldReportTheRestWhenTheDrainBoundHasPassed()
    {
        try (TestMesh mesh = TestMesh.chain(4, 3))
        {
            final long drainNs = 500_000;
            final Channel first = mesh.open("a", ChannelSpec.to("c").closeDrainNs(drainNs));
            final Channel last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            offer(first, 10);
            mesh.sim().run(50);
            consume(last, 3);
            first.close();
            final long closedNs = mesh.sim().clock().nanoTime();
            mesh.runUntil("closed", () -> first.closeReport() != null);
            final long tookNs = mesh.sim().clock().nanoTime() - closedNs;
            assertTrue(tookNs >= drainNs && tookNs <= drainNs + 2_000, "took " + tookNs);
            assertEquals(new SessionReport("c", "default", EndReason.CLOSED_HERE, 0, 3 * MESSAGE_BYTES,
                10 * MESSAGE_BYTES, Outcome.UNKNOWN), first.closeReport());
        }
    }

    @Test
    void shouldDrainBeforeTheNextOfTheSameNameBegins()
    {
        try (TestMesh mesh = TestMesh.chain(5, 3))
        {
            final Channel first = mesh.open("a", "c");
            final Channel last = mesh.open("c", ChannelSpec.to("a").listener(events));
            mesh.untilConnected(first, last);
            offer(first, 100);
            first.close();
            final Channel second = mesh.open("a", "c");
            second.close();
            final Channel third = mesh.open("a", "c");
            mesh.sim().run(100);
            assertEquals(ChannelState.CONNECTING, third.state());
            assertEquals(0, second.closeReport().acceptedPosition());
            final int[] got = new int[1];
            mesh.runUntil("next session", () ->
            {
                got[0] += consume(last, 10);
                return events.connected == 2;
            });
            assertEquals(100, got[0]);
            mesh.deliverAll(new Pump(third, last, 1, 50), new Pump(last, third, 2, 50));
        }
    }

    @Test
    void shouldCloseAfterItsSessionWhenItLivesForOne()
    {
        try (TestMesh mesh = TestMesh.chain(6, 3))
        {
            final Channel first = mesh.open("a",
                ChannelSpec.to("c").lifetime(ChannelSpec.Lifetime.ONE_SESSION).listener(events));
            final Channel last = mesh.open("c", "a");
            mesh.deliverAll(new Pump(first, last, 1, 50), new Pump(last, first, 2, 50));
            last.close();
            awaitReport(mesh, first);
            mesh.runUntil("closed", () -> first.state() == ChannelState.CLOSED);
            assertEquals(MessageSink.CLOSED, first.offer(message));
        }
    }

    @Test
    void shouldTellThePeerWhenTheNodeCloses()
    {
        try (TestMesh mesh = TestMesh.chain(7, 3))
        {
            final Channel first = mesh.open("a", ChannelSpec.to("c").listener(events));
            final Channel last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            offer(last, 5);
            mesh.stop("c");
            final int[] got = new int[1];
            mesh.runUntil("report", () ->
            {
                got[0] += consume(first, 1);
                return !events.ended.isEmpty();
            });
            assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
            assertEquals(0, events.lastEnd().unacknowledgedBytes());
            assertEquals(ChannelState.CLOSED, last.state());
            assertTrue(got[0] <= 5);
            assertEquals(5 * MESSAGE_BYTES, last.closeReport().acceptedPosition());
            assertTrue(last.closeReport().acknowledgedPosition() <= got[0] * MESSAGE_BYTES);
        }
    }

    @Test
    void shouldCountAsConsumedWhenTheHandlerThrows()
    {
        try (TestMesh mesh = TestMesh.chain(8, 2))
        {
            final Channel first = mesh.open("a", "b");
            final Channel last = mesh.open("b", "a");
            mesh.untilConnected(first, last);
            offer(first, 3);
            mesh.sim().run(20);
            assertThrows(IllegalStateException.class, () -> last.poll((buffer, offset, length, origin) ->
            {
                throw new IllegalStateException("application");
            }, 10));
            mesh.runUntil("acknowledged", () -> first.acknowledgedPosition() == MESSAGE_BYTES);
            assertEquals(2, consume(last, 10));
        }
    }

    @Test
    void shouldDeliverAgainOnlyWhatTheHandlerGaveBack()
    {
        try (TestMesh mesh = TestMesh.chain(9, 2))
        {
            final Channel first = mesh.open("a", "b");
            final Channel last = mesh.open("b", "a");
            mesh.untilConnected(first, last);
            offer(first, 10);
            mesh.sim().run(20);
            final int[] seen = new int[1];
            assertEquals(1, last.controlledPoll(
                (buffer, offset, length, origin) -> ++seen[0] == 2 ? Action.ABORT : Action.CONTINUE, 10));
            assertEquals(1, last.controlledPoll((buffer, offset, length, origin) -> Action.BREAK, 10));
            assertEquals(8, last.controlledPoll((buffer, offset, length, origin) -> Action.COMMIT, 10));
            mesh.runUntil("acknowledged", () -> first.acknowledgedPosition() == 10 * MESSAGE_BYTES);
        }
    }
}
