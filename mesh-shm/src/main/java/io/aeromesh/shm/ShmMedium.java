package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.os.Parking;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.nio.channels.FileLock;

/**
 * One end of a link between two processes, or of a link on which one process listens for many.
 * <p>
 * Whoever gets the link's file lock listens, and makes the rings of each generation; the other connects. The kernel
 * frees the lock of a process that dies, and the survivor takes it. Where the sides are given by the configuration,
 * only the listening one asks for the lock.
 * <pre>
 *   connecting end                       listening end, once each knows that the other's user is admitted
 *   HELLO name, lengths          -&gt;
 *                                &lt;-      OFFER generation (file made, filled, mapped), or REFUSE
 *   ACKNOWLEDGE (file mapped)    -&gt;
 *                                &lt;-      BEGIN (file has no name any more; its edge is up)
 *   edge is up
 *   GOODBYE, or nothing          &lt;-&gt;     the end of the socket ends the generation
 * </pre>
 * Between two users the rings are in no file: their memory comes along with OFFER ({@link SealedFile}).
 * <p>
 * No time ends an edge: a stopped peer is waited for. Time only spaces attempts to connect, and looks at the sockets:
 * each {@link #LOOK_INTERVAL_NS}, or each {@link #IDLE_CALLS} calls while the rings are idle. Each step of a handshake
 * waits for a look at the other end, so for a while after a step the next one is looked for more often.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while an edge stays up.
 */
final class ShmMedium implements Medium
{
    static final long LOOK_INTERVAL_NS = 1_000_000;
    static final long STEP_INTERVAL_NS = 20_000;
    static final int IDLE_CALLS = 256;

    private static final long STEP_MAX_NS = 10_000_000;
    private static final long RETRY_INTERVAL_MAX_NS = 32_000_000;
    private static final long REFUSED_INTERVAL_NS = 100_000_000;
    private static final long STABLE_NS = 1_000_000_000;

    private final TransportContext context;
    private final ShmEdgeConfig config;
    private final ShmDirectory directory;
    private final LinkTerms terms;
    /** Null where this end never listens. */
    private final LinkLock linkLock;
    private final Complaints complaints;
    private final Generations generations;
    private final Connector connector;
    private FileLock lock;
    private Acceptor acceptor;
    private long nextLookNs;
    private long nextAttemptNs;
    private long nextStepNs;
    private long stepsEndNs;
    private long upNs;
    private long retryIntervalNs = LOOK_INTERVAL_NS;
    private int calls;
    private long seenWakeUps;
    private boolean hasLooked;
    private boolean isClosed;

    ShmMedium(
        final TransportContext context,
        final ShmEdgeConfig config,
        final ShmDirectory directory,
        final PeerUsers peers)
    {
        this.context = context;
        this.config = config;
        this.directory = directory;
        terms = new LinkTerms(context.nodeName(), config, directory, peers);
        complaints = new Complaints(this);
        generations = new Generations(this, context.parking(), config.peersMax());
        connector = new Connector(directory, terms, generations, complaints);
        try
        {
            linkLock = ShmEdgeConfig.Side.CONNECT == config.side() ? null : LinkLock.open(directory, terms.fileName());
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory " + directory + ": " + Reason.of(ex), ex);
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
        final int broken = generations.failBroken(listener);
        if (broken > 0 || isClosed)
        {
            return broken;
        }

        calls++;
        if (generations.isEmpty() && null == lock && !connector.isConnected())
        {
            parking().noLongerThan(nextAttemptNs - nowNs); // nobody rings before one is connected
        }
        if (hasLooked && nowNs - nextLookNs < 0 && seenWakeUps == parking().wakeUps())
        {
            return nowNs - stepsEndNs < 0 && nowNs - nextStepNs >= 0 ? takeStep(nowNs, listener) :
                0 == calls % IDLE_CALLS && generations.isIdle() ? generations.check(listener) : 0;
        }

        if (!hasLooked)
        {
            hasLooked = true;
            nextAttemptNs = nowNs;
            stepsEndNs = nowNs;
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
        generations.close();
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
        releaseDescriptors();
        generations.abandon();
    }

    /**
     * The first generation that is up, or null. For tests.
     */
    ShmGeneration current()
    {
        return generations.first();
    }

    private Parking parking()
    {
        return context.parking();
    }

    private int look(final long nowNs, final EdgeListener listener)
    {
        final int work = generations.check(listener);
        if (isClosed)
        {
            return work;
        }
        if (!generations.isEmpty() && nowNs - upNs > STABLE_NS)
        {
            retryIntervalNs = LOOK_INTERVAL_NS;
        }
        return work + takeStep(nowNs, listener);
    }

    /**
     * Goes on with the handshakes, as far as the other ends have.
     */
    private int takeStep(final long nowNs, final EdgeListener listener)
    {
        nextStepNs = nowNs + STEP_INTERVAL_NS;
        int work = 0;
        try
        {
            if (null != acceptor)
            {
                work = acceptor.doWork(listener);
            }
            else if (connector.isConnected())
            {
                work = converse(nowNs, listener);
            }
            else if (generations.isEmpty() && generations.canLinger() && nowNs - nextAttemptNs >= 0)
            {
                work = attempt(nowNs);
            }
        }
        catch (final IOException | MeshException ex)
        {
            nextAttemptNs = nowNs + REFUSED_INTERVAL_NS;
            complaints.about(ex, listener);
        }
        if (work > 0)
        {
            stepsEndNs = nowNs + STEP_MAX_NS;
        }
        return 0 == work && isHandshaking() && nowNs - stepsEndNs < 0 ? 1 : work; // an agent that backs off stays near
    }

    private boolean isHandshaking()
    {
        return connector.isConnected() || null != acceptor && acceptor.isHandshaking();
    }

    private int attempt(final long nowNs) throws IOException
    {
        nextAttemptNs = nowNs + retryIntervalNs;
        retryIntervalNs = Math.min(2 * retryIntervalNs, RETRY_INTERVAL_MAX_NS);
        if (config.side() != ShmEdgeConfig.Side.CONNECT)
        {
            lock = linkLock.tryLock();
            if (null != lock)
            {
                startListening();
                return 1;
            }
        }
        return config.side() == ShmEdgeConfig.Side.LISTEN ? 0 : connector.connect();
    }

    private void startListening() throws IOException
    {
        try
        {
            acceptor = new Acceptor(context.os(), directory, terms, generations, complaints);
        }
        finally
        {
            if (null == acceptor)
            {
                lock.release();
                lock = null;
            }
        }
    }

    private int converse(final long nowNs, final EdgeListener listener) throws IOException
    {
        final int work = connector.doWork(listener);
        if (work < 0)
        {
            nextAttemptNs = nowNs + REFUSED_INTERVAL_NS;
        }
        upNs = nowNs;
        return Math.abs(work);
    }

    private void releaseDescriptors()
    {
        connector.disconnect();
        if (null != acceptor)
        {
            acceptor.close();
        }
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
        Closing.quietly(linkLock);
    }
}
