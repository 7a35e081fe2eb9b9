package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.inproc.InprocEdgeConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One end goes and comes back while the other stays.
 */
class ReconnectTest
{
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldMeetEachNewEndWhenOneEndIsMadeThreeTimes(final int seed)
    {
        try (TestMesh mesh = TestMesh.chain(seed, 3))
        {
            final Events events = new Events();
            final Channel stays = mesh.open("a", ChannelSpec.to("c").listener(events));
            for (int i = 1; i <= 3; i++)
            {
                final int sessions = i;
                final Channel comes = mesh.open("c", "a");
                mesh.runUntil("session " + i, () ->
                {
                    stays.poll((buffer, offset, length, origin) ->
                    {}, 10);
                    return events.connected == sessions && stays.state() == ChannelState.CONNECTED;
                });
                mesh.deliverAll(new Pump(stays, comes, i, 100), new Pump(comes, stays, i + 10, 100));
                comes.close();
                mesh.runUntil("end of session " + i, () ->
                {
                    stays.poll((buffer, offset, length, origin) ->
                    {}, 10);
                    return events.ended.size() == sessions;
                });
                assertEquals(EndReason.CLOSED_BY_PEER, events.lastEnd().reason());
                assertEquals(0, events.lastEnd().unacknowledgedBytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "stopped"})
    void shouldConnectWithTheNewInstanceWhenANodeIsMadeAgainWithItsName(final String how)
    {
        try (TestMesh mesh = TestMesh.chain(5, 3))
        {
            final Events events = new Events();
            final Channel stays = mesh.open("a", ChannelSpec.to("c").listener(events));
            final Channel before = mesh.open("c", "a");
            mesh.deliverAll(new Pump(stays, before, 1, 100), new Pump(before, stays, 2, 100));
            if (how.equals("killed"))
            {
                mesh.kill("c");
            }
            else
            {
                mesh.stop("c");
            }
            mesh.sim().run(100);
            mesh.node("c", "bc");
            final Channel after = mesh.open("c", "a");
            mesh.runUntil("new session", () ->
            {
                stays.poll((buffer, offset, length, origin) ->
                {}, 10);
                return events.connected == 2 && stays.state() == ChannelState.CONNECTED;
            });
            mesh.deliverAll(new Pump(stays, after, 3, 100), new Pump(after, stays, 4, 100));
            assertEquals(1, events.ended.size());
            assertEquals(how.equals("killed") ? EndReason.PEER_RESTARTED : EndReason.CLOSED_BY_PEER,
                events.lastEnd().reason());
        }
    }

    @Test
    void shouldKeepTheSessionWhenAnEdgeIsReplaced()
    {
        try (TestMesh mesh = TestMesh.chain(6, 3))
        {
            final Events events = new Events();
            final Channel first = mesh.open("a", ChannelSpec.to("c").listener(events));
            final Channel last = mesh.open("c", "a");
            final Pump forth = new Pump(first, last, 1, 20_000);
            final Pump back = new Pump(last, first, 2, 20_000);
            for (int i = 1; i <= 5; i++)
            {
                final int until = i * 3_000;
                mesh.runUntil("some delivered", () -> forth.pump() & back.pump() || forth.delivered() > until);
                mesh.sim().node("b").replaceEdge(InprocEdgeConfig.link("bc"));
            }
            mesh.deliverAll(forth, back);
            assertEquals(1, events.connected);
            assertEquals(List.of(), events.ended);
        }
    }

    @Test
    void shouldConnectWhenReopenedAtOnceAfterOpen()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            try (TestMesh mesh = TestMesh.chain(seed, 3))
            {
                final ChannelSpec spec = ChannelSpec.to("c").ifExists(ChannelSpec.IfExists.REPLACE);
                final Channel last = mesh.open("c", "a");
                Channel first = mesh.open("a", spec);
                for (int i = 0; i < seed % 7; i++)
                {
                    mesh.sim().run((seed + i) % 5);
                    first = mesh.open("a", spec);
                }
                mesh.settle(first, last);
                mesh.deliverAll(new Pump(first, last, 1, 50), new Pump(last, first, 2, 50));
            }
        }
    }

    @Test
    void shouldReportAndReplaceWhenAnEndIsReplacedInTraffic()
    {
        try (TestMesh mesh = TestMesh.chain(8, 2))
        {
            final Events events = new Events();
            final Channel stays = mesh.open("b", ChannelSpec.to("a").listener(events));
            final Channel old = mesh.open("a", "b");
            mesh.untilConnected(old, stays);
            final Pump unread = new Pump(stays, old, 1, 10);
            unread.send(10);
            mesh.sim().run(20);
            final Channel fresh = mesh.open("a", ChannelSpec.to("b").ifExists(ChannelSpec.IfExists.REPLACE));
            mesh.settle(fresh, stays);
            mesh.deliverAll(new Pump(fresh, stays, 2, 50), new Pump(stays, fresh, 3, 50));
            assertEquals(ChannelState.CLOSED, old.state());
            assertEquals(EndReason.REPLACED_BY_PEER, events.ended.get(0).reason());
            assertEquals(0, events.ended.get(0).acknowledgedPosition());
            assertTrue(
                events.ended.get(0).rest() == Outcome.NOT_CONSUMED || events.ended.get(0).rest() == Outcome.UNKNOWN);
        }
    }
}
