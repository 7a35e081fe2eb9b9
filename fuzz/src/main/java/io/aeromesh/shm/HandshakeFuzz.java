package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.Must;
import io.aeromesh.fuzz.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * What a peer says on the socket of a link, in any pieces: a message or none, then life, a goodbye or an end. A message
 * that is refused is refused with a reason, and the errors made of one that is not are errors with a code.
 */
public final class HandshakeFuzz
{
    private static final int CHUNK = 128;
    private static final Path DIRECTORY = Scratch.directory();
    private static final PeerUsers OWN = PeerUsers.of(List.of());
    private static final ServerSocketChannel SERVER = Scratch.listen(DIRECTORY.resolve("s"));
    private static final LinkTerms TERMS = new LinkTerms("self", ShmEdgeConfig.link("link"),
        ShmDirectory.openAny(DIRECTORY.resolve("d"), FreeSpace.OF_FILE_STORE, FreeSpace.OF_FILE_STORE), OWN);

    private HandshakeFuzz()
    {
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(64 * 1024, bytes, HandshakeFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        decode(bytes);
        try (SocketChannel peer = SocketChannel.open(SERVER.getLocalAddress());
            LinkSocket socket = LinkSocket.of(SERVER.accept(), OWN))
        {
            talk(peer, socket, bytes);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static void talk(final SocketChannel peer, final LinkSocket socket, final byte[] bytes) throws IOException
    {
        boolean isGreeted = false;
        for (int at = 0; at < Math.min(bytes.length, 2 * HandshakeMessage.LENGTH); at += CHUNK)
        {
            peer.write(ByteBuffer.wrap(bytes, at, Math.min(CHUNK, bytes.length - at)));
            if (isGreeted)
            {
                Must.hold(socket.readLife() != LinkSocket.Found.MESSAGE, "a message is no life");
            }
            else if (socket.readMessage() == LinkSocket.Found.MESSAGE)
            {
                isGreeted = true;
                message(socket);
            }
        }
    }

    private static void message(final LinkSocket socket)
    {
        try
        {
            read(socket.message());
        }
        catch (final IllegalArgumentException refused)
        {
            Must.hold(refused.getMessage() != null, "refused without a reason");
        }
    }

    /**
     * The same without a socket, of which inputs that are too short would say nothing.
     */
    private static void decode(final byte[] bytes)
    {
        final ByteBuffer buffer = ByteBuffer.allocate(HandshakeMessage.LENGTH);
        buffer.put(bytes, 0, Math.min(bytes.length, HandshakeMessage.LENGTH)).clear();
        try
        {
            read(HandshakeMessage.decode(buffer));
        }
        catch (final IllegalArgumentException refused)
        {
            Must.hold(refused.getMessage() != null, "refused without a reason");
        }
    }

    private static void read(final HandshakeMessage message)
    {
        final MeshException refusal = TERMS.refusal(message);
        Must.hold(refusal.code() != ErrorCode.INVARIANT_BROKEN, "no code");
        if (TERMS.isMine(message))
        {
            Must.within(1, RingFile.length(message.controlLength(), message.dataLength()), Integer.MAX_VALUE, "file");
            TERMS.ringPath(message.generation());
        }
        message.encode(ByteBuffer.allocate(HandshakeMessage.LENGTH));
    }
}
