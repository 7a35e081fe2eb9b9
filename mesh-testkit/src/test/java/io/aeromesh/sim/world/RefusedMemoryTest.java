package io.aeromesh.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ChannelState;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeListener;
import io.aeromesh.SessionReport;
import io.aeromesh.contract.CounterSum;
import io.aeromesh.error.MeshException;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A receiver that gets no memory at this moment is a receiver that is slow: no fault of its peer, and no reason to end
 * the session. A channel without memory goes by proxy until there is some.
 */
class RefusedMemoryTest
{
    private static final int LENGTH = 100;
    private static final LeaseConfig LEASES = new LeaseConfig(16 * 1024, 64 * 1024, 1 << 20, 1 << 20);

    private final SimMesh mesh = new SimMesh(1);
    private final Shortage shortage = new Shortage(new SplittableRandom(1));
    private final RefusingMemory memory = new RefusingMemory(mesh.memory(), shortage);
    private final List<SessionReport> ended = new ArrayList<>();
    private final List<MeshException> errors = new ArrayList<>();
    private Channel out;
    private Channel in;
    private int received;
    private int offered;
    private int answered;
    private int answers;

    @Test
    void shouldWaitWhileThereIsNoMemoryForTheCopyOfALease()
    {
        final MeshNode left = mesh.node("left", "lr");
        connect(left, mesh.node("right", config -> config.sharing(memory).leases(LEASES), "lr"));
        shortage.is(Shortage.Kind.MEMORY);

        transfer(left.leases().acquire(LENGTH));

        requireToWait();
    }

    @Test
    void shouldWaitWhileALeaseCanNotBeMapped()
    {
        final MeshNode left = mesh.node("left", config -> config.sharing(mesh.memory()).leases(LEASES), "lr");
        connect(left, mesh.node("right", config -> config.sharing(memory).leases(LEASES), "lr"));
        transferDirectly(left);
        mesh.runUntil("first lease", () -> poll() == 1);
        final Lease inAnotherSegment = left.leases().acquire(LEASES.blockLengthMax());
        shortage.is(Shortage.Kind.MEMORY);

        transfer(inAnotherSegment);

        requireToWait();
    }

    /** Found by simulation (seed 1548): its handle was taken for a forged one. */
    @Test
    void shouldWaitWhileALeaseThatGoesByProxyCanNotBeMapped()
    {
        final MeshNode left = mesh.node("left", config -> config.sharing(mesh.memory()).leases(LEASES), "lr");
        connect(left, mesh.node("right", config -> config.sharing(memory).leases(LEASES), "lr"), Mode.PROXY);
        mesh.runUntil("a handle by proxy", () ->
        {
            final Lease lease = left.leases().acquire(LENGTH);
            transfer(lease);
            poll();
            return handedOver(left) > 0;
        });
        mesh.runUntil("what went before", () -> poll() > 0 && out.acknowledgedPosition() == out.acceptedPosition());
        final long handedOver = handedOver(left);
        final Lease inAnotherSegment = left.leases().acquire(LEASES.blockLengthMax());
        shortage.is(Shortage.Kind.MEMORY);

        transfer(inAnotherSegment);

        requireToWait();
        assertEquals(handedOver, handedOver(left)); // a copy went, and there was no block for that either
    }

    /** Found by torture (full): it went by proxy for as long as the session lasted. */
    @ParameterizedTest
    @ValueSource(strings = {"left", "right"}) // the lower name creates the memory, the other one attaches it
    void shouldBecomeDirectOnceThereIsMemory(final String end)
    {
        shortage.is(Shortage.Kind.MEMORY);
        connect(node("left", end), node("right", end));
        mesh.runUntil("refused", () -> poll() >= 0 && isRefused(out) && isRefused(in));
        for (int i = 0; i < 25; i++)
        {
            mesh.step(1_000_000);
            offer();
        }
        assertFalse(out.path().isDirect() || in.path().isDirect());
        assertEquals(1, errors.size(), errors::toString); // and not one for each attempt

        shortage.is(Shortage.Kind.NONE);

        mesh.runUntil("direct", () ->
        {
            offer();
            return out.path().isDirect() && in.path().isDirect();
        });
        mesh.runUntil("all delivered", () -> poll() == offered && answers == answered);
        assertEquals(List.of(), ended);
    }

    /** What was offered before the refusal is forgotten as soon as the refusal is heard of. */
    @Test
    void shouldNotAttachLaterWhatItHasRefused()
    {
        shortage.is(Shortage.Kind.MEMORY);
        connect(node("left", "right"), node("right", "right"));
        mesh.runUntil("refused", () -> poll() >= 0 && isRefused(in));
        mesh.pause("left");
        shortage.is(Shortage.Kind.NONE);
        for (int i = 0; i < 100; i++)
        {
            mesh.step(1_000_000);
        }
        mesh.pause();

        mesh.runUntil("direct", () ->
        {
            offer();
            return out.path().isDirect() && in.path().isDirect();
        });
        mesh.runUntil("all delivered", () -> poll() == offered && answers == answered);
        assertEquals(List.of(), ended);
    }

    private MeshNode node(final String name, final String refused)
    {
        final NodeListener listener = new NodeListener()
        {
            @Override
            public void onError(final MeshException error)
            {
                errors.add(error);
            }
        };
        return mesh.node(name,
            config -> config.sharing(name.equals(refused) ? memory : mesh.memory()).listener(listener), "lr");
    }

    private static boolean isRefused(final Channel channel)
    {
        return channel.path().reason().contains("there is no memory at this moment") ||
            channel.path().reason().contains("can not create");
    }

    private void offer()
    {
        offered += out.offer(new UnsafeBuffer(new byte[8])) > 0 ? 1 : 0;
        answered += in.offer(new UnsafeBuffer(new byte[8])) > 0 ? 1 : 0;
        poll();
    }

    private static long handedOver(final MeshNode node)
    {
        return CounterSum.of(node.counters(), MeshCounter.LEASES_HANDED_OVER);
    }

    private void connect(final MeshNode left, final MeshNode right)
    {
        connect(left, right, Mode.AUTO);
    }

    private void connect(final MeshNode left, final MeshNode right, final Mode mode)
    {
        out = left.open(ChannelSpec.to("right").mode(mode).listener(listener()));
        in = right.open(ChannelSpec.to("left").mode(mode).listener(listener()));
        mesh.runUntil("connected", () -> poll() == 0 && out.state() == ChannelState.CONNECTED &&
            in.state() == ChannelState.CONNECTED);
    }

    private void transferDirectly(final MeshNode left)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);
        mesh.runUntil("direct", () ->
        {
            out.offer(message);
            in.offer(message);
            poll();
            return out.path().isDirect() && in.path().isDirect();
        });
        mesh.runUntil("all consumed", () -> poll() >= 0 && out.acknowledgedPosition() == out.acceptedPosition());
        received = 0;
        transfer(left.leases().acquire(LENGTH));
    }

    private void transfer(final Lease lease)
    {
        mesh.runUntil("transfer", () -> out.transfer(lease) > 0 || poll() < 0);
    }

    private void requireToWait()
    {
        final int before = received;
        for (int i = 0; i < 500; i++)
        {
            mesh.step();
            poll();
        }
        assertEquals(before, received);
        assertEquals(List.of(), ended);

        shortage.is(Shortage.Kind.NONE);

        mesh.runUntil("the lease", () -> poll() == before + 1);
        assertEquals(List.of(), ended);
    }

    private int poll()
    {
        answers += out.poll((buffer, offset, length, origin) ->
        {}, 10);
        received += in.poll((buffer, offset, length, origin) ->
        {}, 10);
        return received;
    }

    private ChannelListener listener()
    {
        return new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel channel, final SessionReport report)
            {
                ended.add(report);
            }
        };
    }

    @AfterEach
    void close()
    {
        mesh.close();
    }
}
