package io.aeromesh.shm;

import io.aeromesh.error.MeshException;
import io.aeromesh.shm.HandshakeMessage.Type;
import io.aeromesh.spi.EdgeListener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The connecting side of a link's handshakes, see {@link ShmMedium}: maps the rings that the listening end has made.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the socket, and what was offered, until the edge is up.
 */
final class Connector
{
    private final ShmDirectory directory;
    private final LinkTerms terms;
    private final Generations generations;
    private final Complaints complaints;
    private LinkSocket socket;
    private ShmGeneration offered;
    private long offeredId;

    Connector(
        final ShmDirectory directory,
        final LinkTerms terms,
        final Generations generations,
        final Complaints complaints)
    {
        this.directory = directory;
        this.terms = terms;
        this.generations = generations;
        this.complaints = complaints;
    }

    /**
     * Whether a handshake is under way.
     */
    boolean isConnected()
    {
        return null != socket;
    }

    /**
     * Greets who listens, if somebody does.
     */
    int connect() throws IOException
    {
        socket = LinkSocket.connect(terms.socketPath(), terms.peers());
        if (null == socket)
        {
            return 0;
        }
        if (!terms.peers().admits(socket.user()))
        {
            final MeshException refusal = terms.userRefusal(socket.user());
            disconnect();
            throw refusal;
        }
        socket.wakes(generations.parking());
        if (!socket.send(terms.message(Type.HELLO, 0, "")))
        {
            disconnect();
        }
        return 1;
    }

    /**
     * @return amount of work done; negative: refused, so that the next attempt should wait.
     */
    int doWork(final EdgeListener listener) throws IOException
    {
        switch (socket.readMessage())
        {
            case MESSAGE:
                return onAnswer(socket.messageOrNull(), listener) ? 1 : -1;

            case END:
                disconnect();
                return 1;

            default:
                return 0;
        }
    }

    private boolean onAnswer(final HandshakeMessage answer, final EdgeListener listener) throws IOException
    {
        if (null != answer && Type.OFFER == answer.type() && null == offered && terms.isMine(answer))
        {
            acceptOffer(answer);
            return true;
        }
        if (null != answer && Type.BEGIN == answer.type() && null != offered)
        {
            final ShmGeneration generation = offered;
            offered = null;
            socket = null;
            complaints.forget();
            generations.begin(generation, terms.link(), offeredId, listener);
            return true;
        }
        disconnect();
        complaints.about(terms.refusal(answer), listener);
        return false;
    }

    private void acceptOffer(final HandshakeMessage offer) throws IOException
    {
        try
        {
            offered = terms.peers().areOthers() ? attachSealed(offer) : attachNamed(offer);
            offeredId = offer.generation();
        }
        catch (final IOException | MeshException ex)
        {
            socket.send(terms.message(Type.REFUSE_MEMORY, offer.generation(), ""));
            disconnect();
            throw ex;
        }
        if (!socket.send(terms.message(Type.ACKNOWLEDGE, offer.generation(), "")))
        {
            disconnect(); // the other end waits for it
        }
    }

    private ShmGeneration attachNamed(final HandshakeMessage offer) throws IOException
    {
        final Path path = terms.ringPath(offer.generation());
        final RingFile file = RingFile.attach(directory, path, terms.controlLength(), terms.dataLength());
        return new ShmGeneration(generations, socket, RingFile.Role.ATTACHER, file, path, offer);
    }

    private ShmGeneration attachSealed(final HandshakeMessage offer) throws IOException
    {
        directory.requireMemory(terms.ringLength()); // the peer may have sent what is backed when it is touched here
        try (SealedFile memory = socket.takeMemory(terms.ringLength()))
        {
            final RingFile file = RingFile.over(memory.map(), terms.controlLength(), terms.dataLength());
            return new ShmGeneration(generations, socket, RingFile.Role.ATTACHER, file, null, offer);
        }
    }

    void disconnect()
    {
        if (null != offered)
        {
            offered.cancel();
            offered = null;
        }
        Closing.quietly(socket);
        socket = null;
    }
}
