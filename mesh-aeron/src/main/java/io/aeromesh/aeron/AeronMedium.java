package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Aeron streams of one edge configuration, and a {@link Link} for each session that publishes on all of them. A
 * new client, a position at its end or a long stop of this process means new streams with a new session id, and so a
 * new generation of every edge.
 * <p>
 * A driver that fails to make an image, as when memory is full for a moment, never makes that one again, and tells
 * nobody. So new streams are also made where the peer has been half there for a while, such as by one image of three,
 * and the driver has counted an error: for another subscription it takes in what it has failed to take in before.
 * <p>
 * To one neighbour at a time, except with multicast: a new session of the same node takes the place of the older one,
 * which is what a restarted peer left behind; another node is refused.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while no edge comes or goes and no error appears.
 * <b>Owns:</b> streams and links; the connection belongs to the transport.
 */
final class AeronMedium implements Medium, ImageListener, ClientUser
{
    private static final long RENEWAL_INTERVAL_NS_MIN = TimeUnit.SECONDS.toNanos(3);
    private static final long RENEWAL_INTERVAL_NS_MAX = TimeUnit.SECONDS.toNanos(32);

    private final AeronEdgeConfig config;
    private final DriverConnection connection;
    private final MeshOs os;
    private final byte[] nodeNameBytes;
    private final List<Link> links = new ArrayList<>();
    private final OwnImages ownImages;
    private final boolean isMulticast;
    private Streams streams;
    private int nextLinkId;
    private boolean isAdded;
    private boolean isClosed;
    private boolean isBroken;
    private Throwable error;
    private String reportedError = "";
    private long lastWorkNs;
    private boolean hasWorked;
    private long retryNs;
    private boolean isRetryDue = true;
    private long driverErrors;
    private long renewalNs;
    private long renewalIntervalNs = RENEWAL_INTERVAL_NS_MIN;

    AeronMedium(final AeronEdgeConfig config, final DriverConnection connection, final TransportContext context)
    {
        this.config = config;
        this.connection = connection;
        os = context.os();
        nodeNameBytes = LinkFrame.nameBytes(context.nodeName());
        nextLinkId = (int)os.nextRandom();
        isMulticast = config instanceof AeronMulticastEdgeConfig;
        ownImages = new OwnImages(config instanceof AeronIpcEdgeConfig);
    }

    @Override
    public EdgeConfig config()
    {
        return config;
    }

    /**
     * Lets an invoked driver send what was committed; within a host it has no part in that.
     */
    void flush()
    {
        if (!(config instanceof AeronIpcEdgeConfig))
        {
            connection.flush();
        }
    }

    @Override
    public int doWork(final long nowNs, final EdgeListener listener)
    {
        if (isClosed)
        {
            return 0;
        }
        if (!isAdded)
        {
            isAdded = true;
            connection.add(this);
        }

        checkPause(nowNs);
        int workCount = 0;
        if (streams == null)
        {
            workCount += addStreams(nowNs);
        }
        else
        {
            checkStreams(nowNs);
        }

        for (int i = links.size() - 1; i >= 0; i--)
        {
            final Link link = links.get(i);
            workCount += link.doWork(nowNs, listener);
            if (isClosed)
            {
                return workCount; // by the listener
            }
            if (link.isOver())
            {
                links.remove(link);
            }
        }

        if (isBroken)
        {
            isBroken = false;
            endStreams("bad bytes on the medium");
        }
        report(listener);
        return workCount;
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            for (final Link link : links)
            {
                link.sayGoodbye();
            }
            endStreams("closed");
            links.clear();
            connection.remove(this);
        }
    }

    @Override
    public void onImage(final StreamKind kind, final LiveImage image)
    {
        if (streams == null)
        {
            return;
        }
        if (image.sessionId() == streams.sessionId())
        {
            ownImages.add(kind, image);
            return;
        }

        Link link = null;
        for (final Link known : links)
        {
            link = known.remoteSessionId() == image.sessionId() ? known : link;
        }
        if (link == null)
        {
            link = new Link(this, image.sessionId());
            links.add(link);
        }
        link.onImage(kind, image, streams.sessionId());
    }

    @Override
    public void onNoImage(final Image image)
    {
        ownImages.remove(image);
        for (final Link link : links)
        {
            link.onNoImage(image);
        }
    }

    @Override
    public void onClientGone()
    {
        if (streams != null)
        {
            endStreams("the connection to the media driver has ended");
            isRetryDue = true;
        }
    }

    /**
     * To one neighbour new streams mend it; in a group they would cost the edges of others, so that there the bad
     * session is left alone until it makes new streams itself.
     */
    void onBadBytes(final MeshException violation, final boolean isOfAnEdge)
    {
        error = violation;
        isBroken |= isOfAnEdge && !isMulticast;
    }

    String describeDriver()
    {
        return connection.describe();
    }

    void onError(final MeshException found)
    {
        error = found;
    }

    void onLinkUp(final Link link, final EdgeListener listener)
    {
        renewalIntervalNs = RENEWAL_INTERVAL_NS_MIN;
        if (!isMulticast)
        {
            for (int i = 0; i < links.size(); i++)
            {
                final Link other = links.get(i);
                if (other != link && other.isUp())
                {
                    other.retire(listener);
                }
            }
        }
    }

    /**
     * Whether an edge is up that this end has not closed.
     */
    boolean hasEdge()
    {
        for (int i = 0; i < links.size(); i++)
        {
            if (links.get(i).isUp())
            {
                return true;
            }
        }
        return false;
    }

    /**
     * An edge has ended: what the driver had counted before is no reason for new streams.
     */
    void onLinkDown()
    {
        driverErrors = connection.driverErrors();
    }

    int sessionId()
    {
        return streams.sessionId();
    }

    int nextLinkId()
    {
        nextLinkId++;
        return nextLinkId == 0 ? ++nextLinkId : nextLinkId;
    }

    boolean isConnected()
    {
        return streams != null && streams.isConnected();
    }

    ExclusivePublication publication(final StreamKind kind)
    {
        return streams.publication(kind);
    }

    boolean send(final int toSessionId, final int type, final int sender, final int echo, final String other)
    {
        return isConnected() &&
            streams.send(toSessionId, type, sender, echo, nodeNameBytes, LinkFrame.nameBytes(other));
    }

    /**
     * Another node that an edge is up with, where there can be only one; null: none.
     */
    String rivalOf(final Link link)
    {
        for (int i = 0; !isMulticast && i < links.size(); i++)
        {
            final Link other = links.get(i);
            if (other != link && other.isUp() && !other.peerName().equals(link.peerName()))
            {
                return other.peerName();
            }
        }
        return null;
    }

    private int addStreams(final long nowNs)
    {
        final Aeron client = connection.client();
        if (client == null)
        {
            error = connection.failure();
            return 0;
        }
        if (!isRetryDue && nowNs - retryNs < 0)
        {
            return 0;
        }

        isRetryDue = false;
        retryNs = nowNs + DriverSettings.CHECK_INTERVAL_NS;
        int sessionId = 0;
        while (sessionId == 0)
        {
            sessionId = (int)os.nextRandom();
        }
        try
        {
            driverErrors = connection.driverErrors();
            renewalNs = nowNs + renewalIntervalNs;
            streams = new Streams(client, connection.settings(), config, sessionId, this);
        }
        catch (final RuntimeException ex)
        {
            error = ex;
        }
        return 1;
    }

    private void checkStreams(final long nowNs)
    {
        try
        {
            if (streams.isReady())
            {
                final String endReason = streams.endReason();
                if (endReason != null || isRenewalDue(nowNs))
                {
                    endStreams(endReason != null ? endReason : "the media driver may have failed to take in a stream");
                    return;
                }
                ownImages.skip(streams);
                if (error == null)
                {
                    reportedError = "";
                }
            }
        }
        catch (final RegistrationException ex)
        {
            error = explain(config, ex);
            endStreams("the media driver refused a stream");
        }
        catch (final AeronException ignore)
        {
            onClientGone(); // it ends, and says why when it is invoked the next time
        }
    }

    /**
     * Ever more seldom while that does not help: the errors may have another cause, as a port where nobody listens.
     */
    private boolean isRenewalDue(final long nowNs)
    {
        if (hasEdge() || !isPeerHalfThere())
        {
            renewalNs = nowNs + renewalIntervalNs;
            return false;
        }
        final boolean isDue = nowNs - renewalNs >= 0 && connection.driverErrors() != driverErrors;
        if (isDue)
        {
            renewalIntervalNs = Math.min(2 * renewalIntervalNs, RENEWAL_INTERVAL_NS_MAX);
        }
        return isDue;
    }

    private boolean isPeerHalfThere()
    {
        boolean isAnyWhole = false;
        for (int i = 0; i < links.size(); i++)
        {
            isAnyWhole |= links.get(i).isWhole();
        }
        return streams.isConnected() ? !isAnyWhole : streams.isAnyConnected() || !links.isEmpty();
    }

    /**
     * While we stood still, a multicast sender may have gone on without us, and left a gap that nobody repairs.
     */
    private void checkPause(final long nowNs)
    {
        final long gapNs = nowNs - lastWorkNs;
        if (isMulticast && hasWorked && streams != null && gapNs > connection.settings().pauseNsMax())
        {
            endStreams("this node stood still for " + gapNs / 1_000_000 + " ms");
        }
        hasWorked = true;
        lastWorkNs = nowNs;
    }

    private void endStreams(final String reason)
    {
        for (final Link link : links)
        {
            link.onStreamsGone(reason);
        }
        ownImages.clear();
        if (streams != null)
        {
            final Streams ended = streams;
            streams = null;
            ended.close();
        }
    }

    private void report(final EdgeListener listener)
    {
        if (error == null && streams != null)
        {
            error = connection.takeClientError();
        }
        if (error != null)
        {
            final String text = String.valueOf(error.getMessage());
            if (!text.equals(reportedError))
            {
                reportedError = text;
                listener.onMediumError(this, error);
            }
            error = null;
        }
    }

    /**
     * What a refusal of the driver means for who configured an edge.
     */
    static MeshException explain(final AeronEdgeConfig config, final RegistrationException ex)
    {
        final String message = "edge " + config.toUri() + ": " + words(ex);
        if (ex.errorCode() == io.aeron.ErrorCode.STORAGE_SPACE)
        {
            return new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, message, ex);
        }
        if (String.valueOf(ex.getMessage()).contains("in use"))
        {
            return new MeshException(ErrorCode.ADDRESS_UNUSABLE, message, ex);
        }
        return new MeshException(ErrorCode.BAD_EDGE_CONFIG, message, ex);
    }

    /**
     * The driver's message without the classes of Java and the number of the error that are in it.
     */
    private static String words(final RegistrationException ex)
    {
        return String.valueOf(ex.getMessage())
            .replaceFirst("^[A-Z]+ - ", "")
            .replaceFirst(", errorCodeValue=-?\\d+$", "")
            .replaceFirst(", name-resolver=[^,]*", "")
            .replaceAll("\\b([a-z]\\w*\\.)+\\w*(Exception|Error) ?: ", "");
    }
}
