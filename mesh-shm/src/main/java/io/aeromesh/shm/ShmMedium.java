package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.shm.HandshakeMessage.Type;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One end of a link between two processes.
 * <p>
 * Whoever gets the link's file lock listens, and makes the rings of each generation; the other connects. The kernel
 * frees the lock of a process that dies, and the survivor takes it.
 * <pre>
 *   connecting end                       listening end
 *   HELLO name, lengths          -&gt;
 *                                &lt;-      OFFER generation (file made, filled, mapped), or REFUSE
 *   ACKNOWLEDGE (file mapped)    -&gt;
 *                                &lt;-      BEGIN (file has no name any more; its edge is up)
 *   edge is up
 *   GOODBYE, or nothing          &lt;-&gt;     the end of the socket ends the generation
 * </pre>
 * No time ends an edge: a stopped peer is waited for. Time only spaces looks at the sockets (each
 * {@link #LOOK_INTERVAL_NS}, or each {@link #IDLE_CALLS} calls while the rings are idle) and attempts to connect.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while an edge stays up. Edges that went down wait for
 * the node to close them; while {@link #LINGERING_MAX} of them do, no further generation begins.
 */
final class ShmMedium implements Medium
{
    static final long LOOK_INTERVAL_NS = 1_000_000;
    static final int IDLE_CALLS = 256;

    private static final long RETRY_INTERVAL_MAX_NS = 32_000_000;
    private static final long REFUSED_INTERVAL_NS = 100_000_000;
    private static final int LINGERING_MAX = 4;
    private static final int CANDIDATES_MAX = 8;

    private final TransportContext context;
    private final ShmEdgeConfig config;
    private final ShmDirectory directory;
    private final LinkId linkId;
    private final LinkLock linkLock;
    private final List<RingEdge> lingering = new ArrayList<>();
    private final List<LinkSocket> candidates = new ArrayList<>();
    private FileLock lock;
    private ServerSocketChannel server;
    private LinkSocket connecting;
    private ShmGeneration offered;
    private ShmGeneration current;
    private long offeredId;
    private long nextLookNs;
    private long nextAttemptNs;
    private long retryIntervalNs = LOOK_INTERVAL_NS;
    private long lastTraffic;
    private int calls;
    private String lastError;
    private boolean hasLooked;
    private boolean isClosed;

    ShmMedium(final TransportContext context, final ShmEdgeConfig config, final ShmDirectory directory)
    {
        this.context = context;
        this.config = config;
        this.directory = directory;
        this.linkId = LinkId.of(config.link());
        try
        {
            linkLock = LinkLock.open(directory, linkId.fileName());
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory " + directory + ": " + ex, ex);
        }
    }

    @Override
    public EdgeConfig config()
    {
        return config;
    }

    @Override
    public int doWork(final long nowNs, final EdgeListener listener)
    {
        if (isClosed)
        {
            return 0;
        }
        if (null != current && null != current.edge().failure())
        {
            current.socket().sendGoodbye();
            return edgeDown(current.edge().failure(), listener);
        }

        calls++;
        if (hasLooked && nowNs - nextLookNs < 0)
        {
            return 0 == calls % IDLE_CALLS && isIdle() ? checkPeer(listener) : 0;
        }

        if (!hasLooked)
        {
            hasLooked = true;
            nextAttemptNs = nowNs;
        }
        nextLookNs = nowNs + LOOK_INTERVAL_NS;
        return look(nowNs, listener);
    }

    @Override
    public void close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        if (null != current)
        {
            current.edge().close();
        }
        for (int i = lingering.size() - 1; i >= 0; i--)
        {
            lingering.get(i).close();
        }
        if (null != lock)
        {
            try
            {
                directory.deleteFilesOf(linkId.fileName());
            }
            catch (final IOException ignore)
            {
                // the next start sweeps them
            }
        }
        releaseDescriptors();
    }

    /**
     * Does what the kernel does for a process that is killed: all descriptors, locks and mappings go, and no word is
     * said. For tests.
     */
    void abandon()
    {
        isClosed = true;
        final ShmGeneration generation = current;
        current = null;
        releaseDescriptors();
        if (null != generation)
        {
            generation.socket().close();
            generation.edge().close();
        }
        for (int i = lingering.size() - 1; i >= 0; i--)
        {
            lingering.get(i).close();
        }
    }

    /**
     * The generation that is up, or null. For tests.
     */
    ShmGeneration current()
    {
        return current;
    }

    void onEdgeClosed(final ShmGeneration generation)
    {
        if (current == generation)
        {
            current = null;
            lingering.add(generation.edge());
            generation.socket().sendGoodbye();
            generation.socket().close();
        }
    }

    void onEdgeReleased(final RingEdge edge)
    {
        lingering.remove(edge);
    }

    private boolean isIdle()
    {
        if (null == current)
        {
            return false;
        }
        final long traffic = current.edge().traffic();
        final boolean isIdle = traffic == lastTraffic;
        lastTraffic = traffic;
        return isIdle;
    }

    private int checkPeer(final EdgeListener listener)
    {
        switch (current.socket().readLife())
        {
            case GOODBYE:
                return edgeDown("'" + current.peerName() + "' closed the edge", listener);

            case END:
                return edgeDown("'" + current.peerName() + "' died: its socket ended without a goodbye", listener);

            default:
                return 0;
        }
    }

    private int edgeDown(final String reason, final EdgeListener listener)
    {
        final ShmGeneration generation = current;
        current = null;
        generation.socket().close();
        generation.edge().seal();
        lingering.add(generation.edge());
        listener.onEdgeDown(this, generation.edge(), reason);
        return 1;
    }

    private int look(final long nowNs, final EdgeListener listener)
    {
        int work = null != current ? checkPeer(listener) : 0;
        if (isClosed)
        {
            return work;
        }

        try
        {
            if (null != lock)
            {
                work += listen(listener);
            }
            else if (null != connecting)
            {
                work += converse(nowNs, listener);
            }
            else if (null == current && lingering.size() < LINGERING_MAX && nowNs - nextAttemptNs >= 0)
            {
                work += attempt(nowNs, listener);
            }
        }
        catch (final IOException | MeshException ex)
        {
            nextAttemptNs = nowNs + REFUSED_INTERVAL_NS;
            complain(ex, listener);
        }
        return work;
    }

    private int attempt(final long nowNs, final EdgeListener listener) throws IOException
    {
        nextAttemptNs = nowNs + retryIntervalNs;
        retryIntervalNs = Math.min(2 * retryIntervalNs, RETRY_INTERVAL_MAX_NS);
        lock = linkLock.tryLock();
        if (null != lock)
        {
            startListening();
            return 1;
        }

        connecting = LinkSocket.connect(socketPath(), directory.user());
        if (null == connecting)
        {
            return 0;
        }
        if (!connecting.send(message(Type.HELLO, 0, "")))
        {
            disconnect();
        }
        return 1;
    }

    private void startListening() throws IOException
    {
        boolean isListening = false;
        try
        {
            directory.deleteFilesOf(linkId.fileName());
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.configureBlocking(false);
            server.bind(UnixDomainSocketAddress.of(socketPath()));
            isListening = true;
        }
        finally
        {
            if (!isListening)
            {
                Closing.quietly(server);
                server = null;
                lock.release();
                lock = null;
            }
        }
    }

    private int converse(final long nowNs, final EdgeListener listener) throws IOException
    {
        switch (connecting.readMessage())
        {
            case MESSAGE:
                onAnswer(nowNs, decode(connecting), listener);
                return 1;

            case END:
                disconnect();
                return 1;

            default:
                return 0;
        }
    }

    private void onAnswer(final long nowNs, final HandshakeMessage answer, final EdgeListener listener)
        throws IOException
    {
        if (null != answer && Type.OFFER == answer.type() && null == offered && isMine(answer))
        {
            acceptOffer(answer);
        }
        else if (null != answer && Type.BEGIN == answer.type() && null != offered)
        {
            final ShmGeneration generation = offered;
            offered = null;
            connecting = null;
            begin(generation, listener);
        }
        else
        {
            disconnect();
            nextAttemptNs = nowNs + REFUSED_INTERVAL_NS;
            complain(refusal(answer), listener);
        }
    }

    private void acceptOffer(final HandshakeMessage offer) throws IOException
    {
        final Path path = ringPath(offer.generation());
        try
        {
            final RingFile file = RingFile.attach(path, config.controlLength(), config.dataLength());
            offeredId = offer.generation();
            offered = new ShmGeneration(this, connecting, RingFile.Role.ATTACHER, file, path, offer);
        }
        catch (final IOException ex)
        {
            connecting.send(message(Type.REFUSE_MEMORY, offer.generation(), ""));
            disconnect();
            throw ex;
        }
        connecting.send(message(Type.ACKNOWLEDGE, offer.generation(), ""));
    }

    private void disconnect()
    {
        if (null != offered)
        {
            offered.cancel();
            offered = null;
        }
        Closing.quietly(connecting);
        connecting = null;
    }

    private MeshException refusal(final HandshakeMessage answer)
    {
        final String link = "link '" + config.link() + "' in " + directory;
        if (null == answer)
        {
            return new MeshException(ErrorCode.PROTOCOL_VIOLATION, link + ": the listener speaks no known version");
        }

        switch (answer.type())
        {
            case REFUSE_TAKEN:
                return new MeshException(ErrorCode.LINK_TAKEN, link + " joins '" + answer.name() + "' and '" +
                    answer.otherName() + "', so '" + context.nodeName() + "' can not attach");

            case REFUSE_MEMORY:
                return new MeshException(
                    ErrorCode.OUT_OF_SHARED_MEMORY, link + ": '" + answer.name() + "' could not make the rings");

            default:
                return configRefusal(answer);
        }
    }

    private MeshException configRefusal(final HandshakeMessage peer)
    {
        return new MeshException(ErrorCode.EDGE_REFUSED, "link '" + config.link() + "' in " + directory + ": '" +
            peer.name() + "' has dataLength=" + peer.dataLength() + ", controlLength=" + peer.controlLength() +
            ", link id=" + peer.linkId().fileName() + ", '" + context.nodeName() + "' has dataLength=" +
            config.dataLength() + ", controlLength=" + config.controlLength() + ", link id=" + linkId.fileName());
    }

    private boolean isMine(final HandshakeMessage message)
    {
        return message.linkId().equals(linkId) &&
            message.controlLength() == config.controlLength() && message.dataLength() == config.dataLength();
    }

    private int listen(final EdgeListener listener) throws IOException
    {
        int work = 0;
        if (candidates.size() < CANDIDATES_MAX)
        {
            final SocketChannel channel = server.accept();
            if (null != channel)
            {
                candidates.add(LinkSocket.of(channel, directory.user()));
                work++;
            }
        }
        if (null != offered)
        {
            work += awaitAcknowledgement(listener);
        }
        if (isClosed)
        {
            return work;
        }
        for (int i = candidates.size() - 1; i >= 0 && !isClosed; i--)
        {
            work += examine(i, candidates.get(i), listener);
        }
        return work;
    }

    private int examine(final int index, final LinkSocket candidate, final EdgeListener listener)
        throws IOException
    {
        if (lingering.size() >= LINGERING_MAX)
        {
            return 0;
        }

        switch (candidate.readMessage())
        {
            case MESSAGE:
                candidates.remove(index);
                onHello(candidate, decode(candidate), listener);
                return 1;

            case END:
                candidates.remove(index);
                candidate.close();
                return 1;

            default:
                return 0;
        }
    }

    private void onHello(final LinkSocket candidate, final HandshakeMessage hello, final EdgeListener listener)
        throws IOException
    {
        final ShmGeneration holder = null != current ? current : offered;
        if (null == hello || Type.HELLO != hello.type())
        {
            candidate.close();
            complain(new MeshException(ErrorCode.PROTOCOL_VIOLATION,
                "link '" + config.link() + "' in " + directory + ": who connected speaks no known version"), listener);
        }
        else if (null != holder)
        {
            candidate.send(message(Type.REFUSE_TAKEN, 0, holder.peerName()));
            candidate.close();
        }
        else if (!isMine(hello))
        {
            candidate.send(message(Type.REFUSE_CONFIG, 0, ""));
            candidate.close();
            complain(configRefusal(hello), listener);
        }
        else
        {
            offer(candidate, hello);
        }
    }

    private void offer(final LinkSocket candidate, final HandshakeMessage hello) throws IOException
    {
        offeredId = context.os().nextRandom();
        final Path path = ringPath(offeredId);
        try
        {
            final RingFile file =
                RingFile.create(directory, path, config.controlLength(), config.dataLength());
            offered = new ShmGeneration(this, candidate, RingFile.Role.CREATOR, file, path, hello);
        }
        catch (final IOException | MeshException ex)
        {
            candidate.send(message(Type.REFUSE_MEMORY, offeredId, ""));
            candidate.close();
            throw ex;
        }
        candidate.send(message(Type.OFFER, offeredId, ""));
    }

    private int awaitAcknowledgement(final EdgeListener listener)
    {
        final LinkSocket socket = offered.socket();
        final ShmGeneration generation = offered;
        switch (socket.readMessage())
        {
            case MESSAGE:
                offered = null;
                final HandshakeMessage answer = decode(socket);
                if (null == answer || Type.ACKNOWLEDGE != answer.type())
                {
                    generation.cancel();
                    complain(refusal(answer), listener);
                    return 1;
                }
                generation.unlink();
                socket.send(message(Type.BEGIN, offeredId, ""));
                begin(generation, listener);
                return 1;

            case END:
                offered = null;
                generation.cancel();
                return 1;

            default:
                return 0;
        }
    }

    private void begin(final ShmGeneration generation, final EdgeListener listener)
    {
        current = generation;
        lastError = null;
        retryIntervalNs = LOOK_INTERVAL_NS;
        lastTraffic = 0;
        listener.onEdgeUp(this, generation.begin(config.link(), offeredId));
    }

    private HandshakeMessage message(final Type type, final long generation, final String otherName)
    {
        return new HandshakeMessage(type, config.controlLength(), config.dataLength(), linkId, generation,
            context.nodeName(), otherName);
    }

    private static HandshakeMessage decode(final LinkSocket socket)
    {
        try
        {
            return socket.message();
        }
        catch (final IllegalArgumentException ignore)
        {
            return null;
        }
    }

    private void complain(final Exception error, final EdgeListener listener)
    {
        final String text = error.toString();
        if (!text.equals(lastError))
        {
            lastError = text;
            listener.onMediumError(this, error);
        }
    }

    private void releaseDescriptors()
    {
        disconnect();
        candidates.forEach(LinkSocket::close);
        candidates.clear();
        Closing.quietly(server);
        if (null != lock)
        {
            try
            {
                lock.release();
            }
            catch (final IOException ignore)
            {
                // closing its file releases it
            }
        }
        linkLock.close();
    }

    private Path socketPath()
    {
        return directory.file(linkId.fileName() + ShmDirectory.SOCKET_SUFFIX);
    }

    private Path ringPath(final long generation)
    {
        return directory.file(linkId.fileName() + "." + LinkId.hex(generation) + ShmDirectory.RING_SUFFIX);
    }
}
