package io.aeromesh.system;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageOrigin;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.os.MeshOs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * A context of another user's host. It sends back what it gets on channel {@code talk} of {@code alpha/own}, and says
 * what it sees; a line of input is the path of a file that it tries to open, an empty one ends it.
 * <p>
 * Arguments: the host's user and directory, own base directory, own name, and the user that it says it is, or nothing.
 */
final class GuestMain
{
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final MeshNode node;
    private final Channel talk;
    private String path = "";

    private GuestMain(final MeshNode node)
    {
        this.node = node;
        talk = node.open(ChannelSpec.to("alpha/own").named("talk"));
    }

    public static void main(final String[] args) throws IOException
    {
        NodeConfig config = NodeConfig.named(args[3]).baseDirectory(Path.of(args[2])).listener(new NodeListener()
        {
            @Override
            public void onError(final MeshException error)
            {
                say("error " + error.getMessage());
            }
        });
        if (args.length > 4)
        {
            config = config.os(new ForwardingOs(MeshOs.system())
            {
                @Override
                public String userName()
                {
                    return args[4];
                }
            });
        }
        try (MeshNode node = MeshNode.attach(config, args[0], Path.of(args[1])))
        {
            new GuestMain(node).run();
        }
        catch (final MeshException ex)
        {
            say("thrown " + ex.getMessage());
        }
    }

    private static synchronized void say(final String line)
    {
        System.out.println(line);
        System.out.flush();
    }

    private void run() throws IOException
    {
        final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        final Channel direct = node.open(
            ChannelSpec.to("alpha/own").named("must").mode(ChannelSpec.Mode.DIRECT).listener(new ChannelListener()
            {
                @Override
                public void onRejected(final Channel channel, final MeshException error)
                {
                    say("rejected " + error.getMessage());
                }
            }));
        say("attached " + node.name());
        while (true)
        {
            talk.poll(this::onMessage, 1);
            direct.poll(this::onMessage, 1);
            if (!path.equals(talk.path().toString()))
            {
                path = talk.path().toString();
                say("path " + path);
            }
            if (input.ready())
            {
                final String line = input.readLine();
                if (line.isEmpty())
                {
                    return;
                }
                say(attempt(Path.of(line)) + " " + line);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        if (origin.isLease())
        {
            final Lease lease = new Lease();
            origin.take(lease);
            say("lease " + lease.length());
            lease.release();
            return;
        }
        while (talk.offer(buffer, offset, length) < 0)
        {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /**
     * What this user may do with a file.
     */
    private static String attempt(final Path file)
    {
        final StringBuilder may = new StringBuilder("may");
        if (opens(file, StandardOpenOption.READ))
        {
            may.append(" read");
        }
        if (opens(file, StandardOpenOption.WRITE))
        {
            may.append(" write");
        }
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(file)))
        {
            may.append(socket.isConnected() ? " connect" : "");
        }
        catch (final IOException ignore)
        {
            // that is refused, or no socket
        }
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(file))
        {
            may.append(listed.iterator().hasNext() ? " list" : " list none");
        }
        catch (final IOException ignore)
        {
            // that is refused, or no directory
        }
        return may.toString();
    }

    private static boolean opens(final Path file, final OpenOption option)
    {
        try (FileChannel channel = FileChannel.open(file, option))
        {
            return channel.isOpen();
        }
        catch (final IOException refused)
        {
            return false;
        }
    }
}
