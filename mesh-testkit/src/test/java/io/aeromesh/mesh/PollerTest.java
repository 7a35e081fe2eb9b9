package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.NodeConfig;
import io.aeromesh.Poller;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.SimMesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several channels by one thread, in the simulator: fair, and never asleep there.
 */
class PollerTest
{
    private static final int CHANNELS = 3;
    private static final int BURST = 400;
    private final SimMesh mesh = new SimMesh(1);
    private final List<Channel> senders = new ArrayList<>();
    private final List<Channel> receivers = new ArrayList<>();
    private final int[] received = new int[CHANNELS];
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Integer.BYTES]);
    private final MessageHandler handler = (buffer, offset, length, origin) -> received[buffer.getInt(offset)]++;
    private MeshNode node;

    @BeforeEach
    void open()
    {
        final MeshNode source = mesh.node("source", "l");
        node = mesh.node("node", "l");
        for (int i = 0; i < CHANNELS; i++)
        {
            senders.add(source.open(ChannelSpec.to("node").named("c" + i)));
            receivers.add(node.open(ChannelSpec.to("source").named("c" + i)));
        }
        mesh.runUntil("sent", () -> send(0, 1) && send(1, 1) && send(2, 1));
        mesh.run(100);
    }

    @AfterEach
    void close()
    {
        mesh.close();
    }

    private boolean send(final int channel, final int count)
    {
        receivers.get(channel).poll(handler, 0); // lets it connect
        message.putInt(0, channel);
        for (int i = 0; i < count; i++)
        {
            if (senders.get(channel).offer(message) < 0)
            {
                return false;
            }
        }
        return true;
    }

    private Poller poller()
    {
        final Poller poller = node.poller(Idle.BACK_OFF);
        receivers.forEach(poller::add);
        return poller;
    }

    @Test
    void shouldGiveEachChannelItsShareWhenOneAlwaysHasMessages()
    {
        final Poller poller = poller();
        while (poller.poll(handler, 100) > 0)
        {
            mesh.run(10);
        }
        send(0, BURST);
        send(1, 2);
        send(2, 2);
        mesh.run(200);
        final int before = received[0];
        final int before1 = received[1];

        final int count = poller.poll(handler, 30);

        assertEquals(14, count);
        assertEquals(10, received[0] - before);
        assertEquals(2, received[1] - before1);
    }

    @Test
    void shouldBeginWithAnotherChannelEachTimeWhenTheLimitIsOne()
    {
        final Poller poller = poller();
        for (int i = 0; i < CHANNELS; i++)
        {
            send(i, 5);
        }
        mesh.run(200);
        final int[] before = received.clone();

        for (int i = 0; i < CHANNELS; i++)
        {
            assertEquals(1, poller.poll(handler, 1));
        }

        for (int i = 0; i < CHANNELS; i++)
        {
            assertEquals(1, received[i] - before[i], "channel " + i);
        }
    }

    @Test
    void shouldPollBroadcastChannelsToo()
    {
        final BroadcastChannel out = mesh.node("source").open(BroadcastSpec.named("news"));
        final BroadcastChannel in = node.open(BroadcastSpec.named("news"));
        final Poller poller = poller().add(in);
        message.putInt(0, 1);
        mesh.runUntil("member", () ->
        {
            out.poll(handler, 1);
            poller.poll(handler, 100);
            return out.members().size() == 1 && in.members().size() == 1;
        });
        final int before = received[1];

        mesh.runUntil("news", () -> out.offer(message, 0, Integer.BYTES) > 0);

        mesh.runUntil("received", () -> poller.poll(handler, 100) > 0);
        assertEquals(before + 1, received[1]);
    }

    @Test
    void shouldEndAWaitInTimeAndPollNoRemovedChannel()
    {
        final Poller poller = poller();
        mesh.runUntil("nothing left", () -> poller.poll(handler, 100) == 0);
        mesh.clock().stepPerLook(1_000);
        assertEquals(0, poller.await(handler, 10, 50_000));
        mesh.clock().stepPerLook(0);
        send(0, 1);
        mesh.run(100);
        poller.remove(receivers.get(0));

        assertEquals(0, poller.poll(handler, 10));
        assertEquals(1, receivers.get(0).poll(handler, 10));
    }

    @Test
    void shouldRefuseWhatCanNotWork()
    {
        final Poller poller = poller();
        refuses("is polled here already", () -> poller.add(receivers.get(0)));
        refuses("need timeoutNs >= 0: timeoutNs=-1", () -> poller.await(handler, 1, -1));
        refuses("is invoked", () -> node.poller(Idle.PARKED));
        refuses("threading=INVOKED and idle=PARKED", () -> NodeConfig.named("n").threaded(Idle.PARKED).invoked());
        refuses("idle=PARKED is no strategy", () -> Objects.requireNonNull(Idle.PARKED.get()));
    }

    @Test
    void shouldRefuseToSleepOnAChannelThatNobodyWakes()
    {
        try (MeshNode threaded = MeshNode.launch(NodeConfig.named("poller-test").threaded(Idle.PARKED)))
        {
            assertEquals("parked", threaded.idling());
            final Poller poller = threaded.poller(Idle.PARKED);
            final Channel channel = threaded.open(ChannelSpec.to("nobody"));
            refuses("open it with parkable(true)", () -> poller.add(channel));
            poller.add(threaded.open(ChannelSpec.to("nobody").named("other").parkable(true)));
        }
    }

    private static void refuses(final String part, final Runnable action)
    {
        final MeshException error = assertThrows(MeshException.class, action::run);
        assertEquals(ErrorCode.BAD_CONFIG, error.code());
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }
}
