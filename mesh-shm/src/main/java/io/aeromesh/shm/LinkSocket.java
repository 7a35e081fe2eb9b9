package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.Parking;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/**
 * A connected socket of a link, never blocking. Its end is the death notice of the peer.
 * <p>
 * <b>Threading:</b> agent thread only. A read that finds nothing is one system call and allocates nothing.
 */
final class LinkSocket implements AutoCloseable
{
    /** What a look at the socket found. */
    enum Found
    {
        NOTHING, MESSAGE, GOODBYE, END
    }

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(HandshakeMessage.LENGTH);
    private final ByteBuffer bell = ByteBuffer.allocateDirect(1).put(0, HandshakeMessage.BELL);

    private LinkSocket(final SocketChannel channel)
    {
        this.channel = channel;
    }

    /**
     * Connects to the listener of a link.
     *
     * @return the socket, or null when no one listens (yet, or any more).
     */
    static LinkSocket connect(final Path path, final UserPrincipal user) throws IOException
    {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean isConnected = false;
        try
        {
            channel.configureBlocking(false);
            isConnected = channel.connect(UnixDomainSocketAddress.of(path));
        }
        catch (final IOException ignore)
        {
            // absent, stale or full: tried again later
        }
        finally
        {
            if (!isConnected)
            {
                Closing.quietly(channel);
            }
        }
        return isConnected ? of(channel, user) : null;
    }

    /**
     * Takes a connected channel.
     *
     * @throws MeshException when the peer is another user.
     */
    static LinkSocket of(final SocketChannel channel, final UserPrincipal user) throws IOException
    {
        boolean isTrusted = false;
        try
        {
            channel.configureBlocking(false);
            final UserPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            if (!peer.equals(user))
            {
                throw new MeshException(ErrorCode.EDGE_REFUSED,
                    "peer runs as user " + peer.getName() + ", this process as " + user.getName());
            }
            isTrusted = true;
            return new LinkSocket(channel);
        }
        finally
        {
            if (!isTrusted)
            {
                Closing.quietly(channel);
            }
        }
    }

    /**
     * Sends a message. An empty socket's buffer takes it whole; if not, the peer will not last.
     */
    boolean send(final HandshakeMessage message)
    {
        final ByteBuffer out = ByteBuffer.allocate(HandshakeMessage.LENGTH);
        message.encode(out);
        return write(out);
    }

    /**
     * Tells the peer that the end is on purpose.
     */
    void sendGoodbye()
    {
        write(ByteBuffer.allocate(1).put(0, HandshakeMessage.GOODBYE));
    }

    /**
     * Wakes the peer. A socket that is full has enough in it to do so already.
     */
    void ring()
    {
        write(bell.clear());
    }

    /**
     * Lets what comes, the end too, wake a parked agent.
     */
    void wakes(final Parking parking)
    {
        parking.watch(channel);
    }

    private boolean write(final ByteBuffer out)
    {
        try
        {
            final int length = out.remaining();
            return length == channel.write(out);
        }
        catch (final IOException ignore)
        {
            return false;
        }
    }

    /**
     * Looks for a whole handshake message, which {@link #message()} then takes.
     */
    Found readMessage()
    {
        final int count = read();
        if (!in.hasRemaining())
        {
            return Found.MESSAGE;
        }
        return count < 0 ? Found.END : Found.NOTHING;
    }

    /**
     * Takes the message that was found.
     */
    HandshakeMessage message()
    {
        in.clear();
        return HandshakeMessage.decode(in);
    }

    /**
     * Takes the message that was found, or null where it is none.
     */
    HandshakeMessage messageOrNull()
    {
        try
        {
            return message();
        }
        catch (final IllegalArgumentException ignore)
        {
            return null;
        }
    }

    /**
     * Looks whether the peer still lives.
     */
    Found readLife()
    {
        in.clear();
        final int count = read();
        for (int i = 0; i < count; i++)
        {
            if (HandshakeMessage.GOODBYE == in.get(i))
            {
                return Found.GOODBYE;
            }
        }
        return count < 0 ? Found.END : Found.NOTHING;
    }

    private int read()
    {
        try
        {
            return channel.read(in);
        }
        catch (final IOException ignore)
        {
            return -1;
        }
    }

    @Override
    public void close()
    {
        Closing.quietly(channel);
    }
}
