package io.aeromesh.aeron;

import io.aeron.Aeron;
import io.aeron.AvailableImageHandler;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.UnavailableImageHandler;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.BufferClaim;
import java.util.Arrays;

/**
 * The Aeron resources of a medium in one client: a publication and a subscription for each {@link StreamKind}. The
 * publications have the same session id, so that the other end can tell which images belong together.
 * <p>
 * <b>Threading:</b> agent thread only; never waits for the driver. <b>Owns:</b> the registrations.
 */
final class Streams
{
    private static final StreamKind[] KINDS = StreamKind.values();

    private final Aeron client;
    private final DriverSettings settings;
    private final int sessionId;
    private final long[] subscriptionIds = new long[KINDS.length];
    private final long[] publicationIds = new long[KINDS.length];
    private final Subscription[] subscriptions = new Subscription[KINDS.length];
    private final ExclusivePublication[] publications = new ExclusivePublication[KINDS.length];
    private final BufferClaim claim = new BufferClaim();
    private boolean isReady;
    private boolean isClosed;

    /**
     * Asks the driver for the streams, all or none.
     *
     * @throws AeronException when it takes no commands now.
     */
    Streams(
        final Aeron client,
        final DriverSettings settings,
        final AeronEdgeConfig config,
        final int sessionId,
        final ImageListener listener)
    {
        this.client = client;
        this.settings = settings;
        this.sessionId = sessionId;
        Arrays.fill(subscriptionIds, Aeron.NULL_VALUE);
        Arrays.fill(publicationIds, Aeron.NULL_VALUE);
        try
        {
            for (final StreamKind kind : KINDS)
            {
                add(kind, config, listener);
            }
        }
        catch (final AeronException ex)
        {
            close();
            throw ex;
        }
    }

    /**
     * What comes after the end of these streams is not of those that took their place.
     */
    private void add(final StreamKind kind, final AeronEdgeConfig config, final ImageListener listener)
    {
        final AvailableImageHandler onAvailable = image ->
        {
            if (!isClosed)
            {
                listener.onImage(kind, new LiveImage(image, client.countersReader()));
            }
        };
        final UnavailableImageHandler onUnavailable = image ->
        {
            if (!isClosed)
            {
                listener.onNoImage(image);
            }
        };
        subscriptionIds[kind.ordinal()] = client.asyncAddSubscription(
            Channels.subscription(config), config.aeron().stream() + kind.streamOffset(), onAvailable, onUnavailable);
        publicationIds[kind.ordinal()] = client.asyncAddExclusivePublication(
            Channels.publication(config, kind, sessionId, settings), config.remoteStream() + kind.streamOffset());
    }

    int sessionId()
    {
        return sessionId;
    }

    /**
     * Looks whether the driver has answered.
     *
     * @return true when all streams are there.
     * @throws io.aeron.exceptions.RegistrationException when the driver refused one.
     */
    boolean isReady()
    {
        if (!isReady)
        {
            boolean isComplete = true;
            for (int i = 0; i < KINDS.length; i++)
            {
                if (subscriptions[i] == null)
                {
                    subscriptions[i] = client.getSubscription(subscriptionIds[i]);
                }
                if (publications[i] == null)
                {
                    publications[i] = client.getExclusivePublication(publicationIds[i]);
                }
                isComplete &= subscriptions[i] != null && publications[i] != null;
            }
            isReady = isComplete;
        }
        return isReady;
    }

    ExclusivePublication publication(final StreamKind kind)
    {
        return publications[kind.ordinal()];
    }

    boolean isConnected()
    {
        return isReady && publications[0].isConnected() && publications[1].isConnected() &&
            publications[2].isConnected();
    }

    boolean isAnyConnected()
    {
        return isReady && (publications[0].isConnected() || publications[1].isConnected() ||
            publications[2].isConnected());
    }

    /**
     * Why the streams can not be used any more, or null.
     */
    String endReason()
    {
        for (int i = 0; isReady && i < KINDS.length; i++)
        {
            final ExclusivePublication publication = publications[i];
            if (publication.isClosed() || subscriptions[i].isClosed())
            {
                return "the media driver ended a stream";
            }
            if (publication.position() >= publication.maxPossiblePosition() - publication.termBufferLength())
            {
                return "the position of a stream came to its end";
            }
        }
        return null;
    }

    /**
     * Sends a link frame, if there is room.
     */
    boolean send(
        final int toSessionId, final int type, final int sender, final int echo, final byte[] name, final byte[] other)
    {
        final ExclusivePublication publication = publications[StreamKind.LINK.ordinal()];
        final int length = LinkFrame.length(name, other);
        long result = publication.tryClaim(length, claim);
        if (result == Publication.ADMIN_ACTION)
        {
            result = publication.tryClaim(length, claim);
        }
        if (result <= 0)
        {
            return false;
        }

        LinkFrame.encode(claim.buffer(), claim.offset(), type, sender, echo, name, other);
        claim.reservedValue(LinkFrame.address(toSessionId, 0));
        claim.commit();
        return true;
    }

    /**
     * Gives all back to the driver. Does nothing when the client has ended.
     */
    void close()
    {
        isClosed = true;
        for (int i = 0; i < KINDS.length; i++)
        {
            try
            {
                client.asyncRemovePublication(publicationIds[i]);
            }
            catch (final AeronException ignore)
            {
                // a dead driver takes no more commands; the client ends soon and frees all
            }
            try
            {
                client.asyncRemoveSubscription(subscriptionIds[i]);
            }
            catch (final AeronException ignore)
            {
                // as above
            }
        }
    }
}
