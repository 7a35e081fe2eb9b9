package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.os.MeshOs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small mesh in this JVM for the page to look at: a host with contexts, neighbours of it on this machine, a node that
 * looks as one elsewhere does, and messages that go by proxy.
 */
final class PageScene implements AutoCloseable
{
    private static final int BURST = 20;
    private static final int MESSAGE_LENGTH = 200;
    private static final long PAUSE_NS = 2_000_000;

    private final List<MeshNode> nodes = new ArrayList<>();
    private final List<Channel> senders = new ArrayList<>();
    private final List<Channel> receivers = new ArrayList<>();
    private final Path base;
    private final Path elsewhere;
    private final Thread talker;
    private volatile boolean isClosing;

    /**
     * @param parent of its two base directories.
     */
    PageScene(final Path parent)
    {
        base = parent.resolve("base");
        elsewhere = parent.resolve("elsewhere");
        nodes.add(MeshNode.launch(named("alpha", base).hosting(8)
            .edge("shm:ap?peer=pricer").edge("shm:ar?peer=risk").edge("shm:doomed").edge("inproc:at?peer=tokyo")));
        nodes.add(MeshNode.launch(named("pricer", base).edge("shm:ap?peer=alpha").edge("shm:pr?peer=risk")));
        nodes.add(MeshNode.launch(named("risk", base)
            .edge("shm:ar?peer=alpha").edge("shm:pr?peer=pricer").edge("inproc:rv?peer=archive")));
        nodes.add(MeshNode.launch(named("archive", base).edge("inproc:rv?peer=risk")));
        nodes.add(MeshNode.launch(named("tokyo", elsewhere).edge("inproc:at?peer=alpha").edge("inproc:to?peer=osaka")));
        nodes.add(MeshNode.launch(named("osaka", elsewhere).edge("inproc:to?peer=tokyo")));
        for (int i = 1; i <= 5; i++)
        {
            nodes.add(MeshNode.attach(named("feed-" + i, base)));
        }
        talk(node("pricer"), node("archive"), "orders");
        talk(node("tokyo"), node("risk"), "limits");
        talk(node("archive"), node("osaka"), "history");
        talker = MeshOs.system().newThread("talker", this::talk);
        talker.start();
    }

    private static NodeConfig named(final String name, final Path directory)
    {
        return NodeConfig.named(name).baseDirectory(directory).threaded(Idle.PARKED);
    }

    private MeshNode node(final String name)
    {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    /**
     * Where the page is to look.
     */
    Path base()
    {
        return base;
    }

    private void talk(final MeshNode from, final MeshNode to, final String name)
    {
        senders.add(from.open(ChannelSpec.to(to.name()).named(name).mode(Mode.PROXY)));
        receivers.add(to.open(ChannelSpec.to(from.name()).named(name).mode(Mode.PROXY)));
    }

    private void talk()
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
        while (!isClosing)
        {
            for (final Channel sender : senders)
            {
                for (int i = 0; i < BURST; i++)
                {
                    sender.offer(message);
                }
                sender.poll((buffer, offset, length, origin) ->
                {}, BURST);
            }
            receivers.forEach(receiver -> receiver.poll((buffer, offset, length, origin) ->
            {}, BURST));
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void close()
    {
        isClosing = true;
        try
        {
            talker.join();
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
        for (int i = nodes.size() - 1; i >= 0; i--)
        {
            nodes.get(i).close();
        }
    }
}
