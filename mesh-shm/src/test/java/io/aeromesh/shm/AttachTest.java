package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.Reply;
import io.aeromesh.RouteStatus;
import io.aeromesh.Topology;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host and its contexts, over real files and sockets.
 */
@Timeout(60)
class AttachTest
{
    private final List<MeshNode> nodes = new ArrayList<>();
    @TempDir
    private Path parent;
    private Path base;

    @BeforeEach
    void prepare()
    {
        base = parent.resolve("b");
    }

    @AfterEach
    void close()
    {
        for (int i = nodes.size() - 1; i >= 0; i--)
        {
            nodes.get(i).close();
        }
    }

    private NodeConfig config(final String name)
    {
        return NodeConfig.named(name).baseDirectory(base).sharing(new ShmMemoryProvider()).invoked();
    }

    private MeshNode add(final MeshNode node)
    {
        nodes.add(node);
        return node;
    }

    private MeshNode host(final int contextsMax)
    {
        return add(MeshNode.launch(config("alpha").hosting(contextsMax)));
    }

    private MeshNode context(final String name)
    {
        return add(MeshNode.attach(config(name)));
    }

    private void until(final BooleanSupplier condition)
    {
        while (!condition.getAsBoolean())
        {
            nodes.forEach(MeshNode::doWork);
        }
    }

    private static boolean isAttached(final MeshNode context)
    {
        return context.edges().stream().anyMatch(edge -> edge.state() == EdgeStatus.State.UP);
    }

    private static boolean has(final MeshNode node, final ErrorCode code)
    {
        return node.errors().stream().anyMatch(error -> error.contains(code.name()));
    }

    @Test
    void shouldJoinContextsOfOneHostDirectly()
    {
        host(8);
        final Channel x = context("x").open(ChannelSpec.to("alpha/y"));
        final Channel y = context("y").open(ChannelSpec.to("alpha/x"));
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);
        final int[] got = new int[1];
        final long[] sent = new long[1];
        until(() ->
        {
            sent[0] += x.offer(message, 0, 8) > 0 ? 1 : 0;
            got[0] += y.poll((buffer, offset, length, origin) ->
            {}, 1);
            return x.path().kind() == Kind.DIRECT_MEMORY;
        });
        until(() -> (got[0] += y.poll((buffer, offset, length, origin) ->
        {}, 1)) == sent[0]);
    }

    @Test
    void shouldSayWhenNoHostRuns()
    {
        final MeshException before = assertThrows(MeshException.class, () -> MeshNode.attach(config("x")));
        assertEquals(ErrorCode.NO_HOST, before.code());
        assertTrue(before.getMessage().contains(base.toString()), before.getMessage());

        host(8).close();

        assertEquals(ErrorCode.NO_HOST,
            assertThrows(MeshException.class, () -> MeshNode.attach(config("x"))).code());
        host(8);
        final NodeConfig otherMesh = config("x").mesh(new MeshConfig("other", MeshConfig.DEFAULT.hopLimit()));
        assertEquals(ErrorCode.NO_HOST, assertThrows(MeshException.class, () -> MeshNode.attach(otherMesh)).code());
    }

    @Test
    void shouldRefuseASecondHostOfTheDirectory()
    {
        host(8);

        final MeshException error =
            assertThrows(MeshException.class, () -> MeshNode.launch(config("beta").hosting()));

        assertEquals(ErrorCode.HOST_EXISTS, error.code());
        assertTrue(error.getMessage().contains("alpha"), error.getMessage());
        add(MeshNode.launch(config("beta"))); // its name is free again
    }

    @Test
    void shouldRefuseAContextMoreThanAllowed()
    {
        host(2);
        final MeshNode x = context("x");
        final MeshNode y = context("y");
        until(() -> isAttached(x) && isAttached(y));
        final MeshNode z = context("z");
        until(() -> has(z, ErrorCode.PLACE_FULL));

        x.close();
        nodes.remove(x);

        until(() -> isAttached(z));
    }

    @Test
    void shouldFreeAContextsNameWithIt()
    {
        host(8);
        for (int i = 0; i < 20; i++)
        {
            final MeshNode x = context("x");
            assertEquals("alpha/x", x.name());
            assertEquals(ErrorCode.NAME_TAKEN,
                assertThrows(MeshException.class, () -> MeshNode.attach(config("x"))).code());
            until(() -> isAttached(x));
            x.close();
            nodes.remove(x);
        }
    }

    @Test
    void shouldAttachAgainWhenTheHostIsBack()
    {
        final MeshNode first = host(8);
        final MeshNode x = context("x");
        until(() -> isAttached(x));

        first.close();
        nodes.remove(first);
        until(() -> !isAttached(x));
        host(8);

        until(() -> isAttached(x) && !x.routes().isEmpty());
    }

    /** And all of them can be reached. */
    @Test
    void shouldBeOneNodeWithOneEdgeToOthersHoweverManyContextsItHas()
    {
        final int count = 200;
        final MeshNode far = add(MeshNode.launch(config("far").edge("shm:link?peer=alpha")));
        add(MeshNode.launch(config("alpha").edge("shm:link?peer=far").hosting(count)));
        final List<Channel> here = new ArrayList<>();
        final List<Channel> there = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            here.add(context("x" + i).open(ChannelSpec.to("far")));
            there.add(far.open(ChannelSpec.to("alpha/x" + i)));
        }
        until(() -> here.stream().allMatch(channel -> channel.state() == ChannelState.CONNECTED));
        here.forEach(channel -> assertTrue(channel.offer(new UnsafeBuffer(new byte[8]), 0, 8) > 0));

        final int[] got = new int[1];
        until(() ->
        {
            there.forEach(channel -> got[0] += channel.poll((buffer, offset, length, origin) ->
            {}, 1));
            return got[0] == count;
        });

        assertEquals(List.of("alpha"), far.routes().stream().map(RouteStatus::destination).toList());
        assertEquals(1, far.edges().size());
        final Reply<Topology> picture = far.topology();
        until(picture::isDone);
        assertEquals(List.of("alpha", "far"), picture.get().nodes());
        assertEquals(2, picture.get().links().size()); // one edge, from each of its ends
    }

    @Test
    void shouldRefuseAContextWithEdgesOrANameOfTwoParts()
    {
        host(8);
        for (final NodeConfig bad : List.of(config("x").edge("shm:link"), config("alpha/x")))
        {
            assertEquals(ErrorCode.BAD_CONFIG,
                assertThrows(MeshException.class, () -> MeshNode.attach(bad)).code());
        }
        assertThrows(MeshException.class, () -> config("x").hosting(NodeConfig.CONTEXTS_LIMIT + 1));
    }
}
