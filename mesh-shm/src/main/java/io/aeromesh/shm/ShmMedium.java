package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.ListeningSocket;
import io.aeromesh.os.Parking;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.shm.HandshakeMessage.Type;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.nio.channels.FileLock;
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
    private static final long STABLE_NS = 1_000_000_000;
    private static final int LINGERING_MAX = 4;
    private static final int CANDIDATES_MAX = 8;

    private final TransportContext context;
    private final ShmEdgeConfig config;
    private final ShmDirectory directory;
    private final LinkTerms terms;
    private final LinkLock linkLock;
    private final List<RingEdge> lingering = new ArrayList<>();
    private final List<LinkSocket> candidates = new ArrayList<>();
    private FileLock lock;
    private ListeningSocket server;
    private LinkSocket connecting;
    private ShmGeneration offered;
    private ShmGeneration current;
    private long offeredId;
    private long nextLookNs;
    private long nextAttemptNs;
    private long upNs;
    private long retryIntervalNs = LOOK_INTERVAL_NS;
    private long lastTraffic;
    private int calls;
    private String lastError;
    private long seenWakeUps;
    private boolean hasLooked;
    private boolean isClosed;

    ShmMedium(final TransportContext context, final ShmEdgeConfig config, final ShmDirectory directory)
    {
        this.context = context;
        this.config = config;
        this.directory = directory;
        this.terms = new LinkTerms(context.nodeName(), config, directory);
        try
        {
            linkLock = LinkLock.open(directory, terms.fileName());
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
        if (null == current && null == lock && null == connecting)
        {
            parking().noLongerThan(nextAttemptNs - nowNs); // nobody rings before one is connected
        }
        if (hasLooked && nowNs - nextLookNs < 0 && seenWakeUps == parking().wakeUps())
        {
            return 0 == calls % IDLE_CALLS && isIdle() ? checkPeer(listener) : 0;
        }

        if (!hasLooked)
        {
            hasLooked = true;
            nextAttemptNs = nowNs;
        }
        seenWakeUps = parking().wakeUps();
        nextLookNs = nowNs + LOOK_INTERVAL_NS;
        return look(nowNs, listener);
    }

    @Override
    public boolean wakesAgent()
    {
        return true;
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
                directory.deleteFilesOf(terms.fileName());
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

    Parking parking()
    {
        return context.parking();
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
        if (null != current && nowNs - upNs > STABLE_NS)
        {
            retryIntervalNs = LOOK_INTERVAL_NS;
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
                work += attempt(nowNs);
            }
        }
        catch (final IOException | MeshException ex)
        {
            nextAttemptNs = nowNs + REFUSED_INTERVAL_NS;
            complain(ex, listener);
        }
        return work;
    }

    private int attempt(final long nowNs) throws IOException
    {
        nextAttemptNs = nowNs + retryIntervalNs;
        retryIntervalNs = Math.min(2 * retryIntervalNs, RETRY_INTERVAL_MAX_NS);
        lock = linkLock.tryLock();
        if (null != lock)
        {
            startListening();
            return 1;
        }

        connecting = LinkSocket.connect(terms.socketPath(), directory.user());
        if (null == connecting)
        {
            return 0;
        }
        connecting.wakes(parking());
        if (!connecting.send(terms.message(Type.HELLO, 0, "")))
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
            directory.deleteFilesOf(terms.fileName());
            server = ListeningSocket.bind(terms.socketPath());
            server.wakes(parking());
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
        if (null != answer && Type.OFFER == answer.type() && null == offered && terms.isMine(answer))
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
            complain(terms.refusal(answer), listener);
        }
    }

    private void acceptOffer(final HandshakeMessage offer) throws IOException
    {
        final Path path = terms.ringPath(offer.generation());
        try
        {
            final RingFile file = RingFile.attach(directory, path, config.controlLength(), config.dataLength());
            offeredId = offer.generation();
            offered = new ShmGeneration(this, connecting, RingFile.Role.ATTACHER, file, path, offer);
        }
        catch (final IOException ex)
        {
            connecting.send(terms.message(Type.REFUSE_MEMORY, offer.generation(), ""));
            disconnect();
            throw ex;
        }
        connecting.send(terms.message(Type.ACKNOWLEDGE, offer.generation(), ""));
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

    private int listen(final EdgeListener listener) throws IOException
    {
        int work = 0;
        if (candidates.size() < CANDIDATES_MAX)
        {
            final SocketChannel channel = server.accept();
            if (null != channel)
            {
                final LinkSocket candidate = LinkSocket.of(channel, directory.user());
                candidate.wakes(parking());
                candidates.add(candidate);
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
            complain(terms.violation("who connected"), listener);
        }
        else if (null != holder)
        {
            candidate.send(terms.message(Type.REFUSE_TAKEN, 0, holder.peerName()));
            candidate.close();
        }
        else if (!terms.isMine(hello))
        {
            candidate.send(terms.message(Type.REFUSE_CONFIG, 0, ""));
            candidate.close();
            complain(terms.configRefusal(hello), listener);
        }
        else
        {
            offer(candidate, hello);
        }
    }

    private void offer(final LinkSocket candidate, final HandshakeMessage hello) throws IOException
    {
        offeredId = context.os().nextRandom();
        final Path path = terms.ringPath(offeredId);
        try
        {
            final RingFile file =
                RingFile.create(directory, path, config.controlLength(), config.dataLength());
            offered = new ShmGeneration(this, candidate, RingFile.Role.CREATOR, file, path, hello);
        }
        catch (final IOException | MeshException ex)
        {
            candidate.send(terms.message(Type.REFUSE_MEMORY, offeredId, ""));
            candidate.close();
            throw ex;
        }
        candidate.send(terms.message(Type.OFFER, offeredId, ""));
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
                    complain(terms.refusal(answer), listener);
                    return 1;
                }
                generation.unlink();
                socket.send(terms.message(Type.BEGIN, offeredId, ""));
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
        upNs = nextLookNs;
        lastError = null;
        lastTraffic = 0;
        listener.onEdgeUp(this, generation.begin(config.link(), offeredId));
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
}
