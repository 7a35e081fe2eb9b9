package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.NodeLimits;
import io.aeromesh.RequestListener;
import io.aeromesh.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Being told of the requests of others.
 */
class ListenTest
{
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellEachListenerOnceWhenAPeerAsksBeforeOrAfter(final boolean listenFirst)
    {
        try (TestMesh mesh = TestMesh.chain(1, 3))
        {
            RequestListener any = listenFirst ? mesh.sim().node("c").listen("") : null;
            final Channel asks = mesh.open("a", ChannelSpec.to("c").named("orders").schemaFingerprint(7));
            mesh.sim().run(100);
            any = any == null ? mesh.sim().node("c").listen("") : any;
            final RequestListener same = mesh.sim().node("c").listen("orders");
            final RequestListener other = mesh.sim().node("c").listen("prices");
            mesh.sim().run(100);
            final ChannelRequest expected = new ChannelRequest("a", "orders", 7);
            assertEquals(List.of(expected), poll(any));
            assertEquals(List.of(expected), poll(same));
            assertEquals(List.of(), poll(other));
            final Channel answers = mesh.open("c", expected.spec());
            mesh.deliverAll(new Pump(asks, answers, 1, 50), new Pump(answers, asks, 2, 50));
            assertEquals(List.of(), poll(any));
        }
    }

    @Test
    void shouldTellAgainWhenTheAnswerWasClosedBeforeItMetThePeer()
    {
        try (TestMesh mesh = TestMesh.chain(3, 3))
        {
            final RequestListener listener = mesh.sim().node("c").listen("default");
            final Channel asks = mesh.open("a", "c");
            final List<ChannelRequest> told = new ArrayList<>();
            mesh.runUntil("request", () -> listener.poll(told::add) > 0);

            mesh.open("c", told.get(0).spec().closeDrainNs(0)).close();

            mesh.runUntil("request again", () -> listener.poll(told::add) > 0);
            mesh.untilConnected(asks, mesh.open("c", told.get(1).spec()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "killed", "replaced"})
    void shouldTellAgainWhenThePeerReconnects(final String how)
    {
        try (TestMesh mesh = TestMesh.chain(2, 3))
        {
            final RequestListener listener = mesh.sim().node("c").listen("default");
            Channel asks = mesh.open("a", "c");
            for (int i = 1; i <= 4; i++)
            {
                final List<ChannelRequest> told = new ArrayList<>();
                mesh.runUntil("request " + i, () -> listener.poll(told::add) > 0);
                assertEquals(1, told.size());
                final Channel answers = mesh.open("c", told.get(0).spec());
                mesh.deliverAll(new Pump(asks, answers, i, 20), new Pump(answers, asks, i + 10, 20));
                asks = again(mesh, how, asks);
                mesh.runUntil("old end closed", () ->
                {
                    answers.poll((buffer, offset, length, origin) ->
                    {}, 10);
                    return answers.state() == ChannelState.CLOSED;
                });
            }
        }
    }

    private static Channel again(final TestMesh mesh, final String how, final Channel asks)
    {
        if (how.equals("killed"))
        {
            mesh.kill("a");
            mesh.sim().run(50);
            mesh.node("a", "ab");
        }
        else if (how.equals("closed"))
        {
            asks.close();
            mesh.runUntil("closed", () -> asks.closeReport() != null);
        }
        return mesh.open("a", ChannelSpec.to("c").ifExists(ChannelSpec.IfExists.REPLACE));
    }

    @Test
    void shouldRejectNamingTheLimitWhenTooManyRequestsWait()
    {
        try (TestMesh mesh = new TestMesh(3))
        {
            mesh.node("a", "ab");
            mesh.node("b", config -> config.limits(NodeLimits.DEFAULT.pendingRequests(2)), "ab");
            final Events events = new Events();
            final List<Channel> asks = new ArrayList<>();
            for (int i = 0; i < 3; i++)
            {
                asks.add(mesh.open("a", ChannelSpec.to("b").named("c" + i).listener(events)));
            }
            mesh.runUntil("rejection", () ->
            {
                asks.forEach(channel -> channel.poll((buffer, offset, length, origin) ->
                {}, 1));
                return !events.rejections.isEmpty();
            });
            assertEquals(ErrorCode.TABLE_FULL, events.rejections.get(0).code());
        }
    }

    private static List<ChannelRequest> poll(final RequestListener listener)
    {
        final List<ChannelRequest> told = new ArrayList<>();
        listener.poll(told::add);
        return told;
    }
}
