package io.aeromesh.shm;

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
    private final UserPrincipal user;
    /** Of a link to another user, else null. */
    private final DescriptorPassing descriptors;
    /** Only who connects is offered memory; of what else is sent along the kernel drops the descriptors. */
    private boolean takesMemory;
    private final ByteBuffer in = ByteBuffer.allocateDirect(HandshakeMessage.LENGTH);
    private final ByteBuffer bell = ByteBuffer.allocateDirect(1).put(0, HandshakeMessage.BELL);

    private LinkSocket(
        final SocketChannel channel, final UserPrincipal user, final DescriptorPassing descriptors)
    {
        this.channel = channel;
        this.user = user;
        this.descriptors = descriptors;
    }

    /**
     * Connects to the listener of a link.
     *
     * @return the socket, or null when no one listens (yet, or any more).
     */
    static LinkSocket connect(final Path path, final PeerUsers peers) throws IOException
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
        if (!isConnected)
        {
            return null;
        }
        final LinkSocket socket = of(channel, peers);
        socket.takesMemory = peers.areOthers();
        return socket;
    }

    /**
     * Takes a connected channel. Whether its {@link #user()} is admitted is for the caller to ask.
     */
    static LinkSocket of(final SocketChannel channel, final PeerUsers peers) throws IOException
    {
        LinkSocket socket = null;
        try
        {
            channel.configureBlocking(false);
            socket = new LinkSocket(channel, channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user(),
                peers.areOthers() ? new DescriptorPassing(channel) : null);
            return socket;
        }
        finally
        {
            if (null == socket)
            {
                Closing.quietly(channel);
            }
        }
    }

    /**
     * Who runs the process at the other end, as the kernel says.
     */
    UserPrincipal user()
    {
        return user;
    }

    /**
     * Name of that user where it is another than this process's; else empty.
     */
    String otherUser()
    {
        return null == descriptors ? "" : user.getName();
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
     * Sends a message with memory, to a process of another user.
     */
    boolean send(final HandshakeMessage message, final SealedFile memory)
    {
        final ByteBuffer out = ByteBuffer.allocateDirect(HandshakeMessage.LENGTH);
        message.encode(out);
        return descriptors.send(out, memory.descriptor());
    }

    /**
     * The memory that came with a message from a process of another user.
     *
     * @throws IOException when none did, or it is not of that length for good.
     */
    SealedFile takeMemory(final long length) throws IOException
    {
        final int descriptor = descriptors.take();
        if (DescriptorPassing.NONE == descriptor)
        {
            throw new IOException("no memory came with the offer");
        }
        return SealedFile.of(descriptor, length);
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
        final int count = takesMemory ? descriptors.read(in) : read();
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
        if (null != descriptors)
        {
            descriptors.close();
        }
        Closing.quietly(channel);
    }
}
