package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/**
 * What channel to open. Immutable; the methods named after a component give a changed copy.
 *
 * @param peer              name of the node at the other end.
 * @param name              of the channel, the same at both ends.
 * @param mode              which way messages go.
 * @param windowLength      of this end's stream: bytes that may be accepted and not yet consumed; a power of two.
 * @param schemaFingerprint of the messages; 0: not checked. Both ends must have the same.
 * @param ifExists          what to do when this end is open already.
 * @param lifetime          whether the end outlives a session.
 * @param closeDrainNs      longest time that closing waits for the peer to consume, in nanoseconds.
 * @param parkable          whether this end's thread may sleep until a message comes, {@link Poller#await}: the other
 *                          end then looks after each message whether it has to be woken; otherwise that costs it
 *                          nothing.
 * @param listener          told of events.
 */
public record ChannelSpec(
    String peer,
    String name,
    Mode mode,
    int windowLength,
    long schemaFingerprint,
    IfExists ifExists,
    Lifetime lifetime,
    long closeDrainNs,
    boolean parkable,
    ChannelListener listener)
{
    /** Smallest window in bytes. */
    public static final int WINDOW_LENGTH_MIN = 4 * 1024;
    /** Largest window in bytes: the length of a message that takes half of it fits the 28 bits of a header. */
    public static final int WINDOW_LENGTH_MAX = 1 << 28;
    /** Window unless told otherwise, in bytes. */
    public static final int WINDOW_LENGTH_DEFAULT = 64 * 1024;
    /** Close bound unless told otherwise, in nanoseconds. */
    public static final long CLOSE_DRAIN_NS_DEFAULT = TimeUnit.SECONDS.toNanos(5);

    /**
     * Which way messages go.
     */
    public enum Mode
    {
        /**
         * The best way that there is: through memory where the two ends can share it, else along a direct stream where
         * both nodes can be reached, else by proxy.
         */
        AUTO,
        /** Direct or not at all: where the ends can not be joined, the end is told why and waits. */
        DIRECT,
        /** Hop by hop along edges. */
        PROXY
    }

    /**
     * What to do when this end is open already.
     */
    public enum IfExists
    {
        /** Refuse. */
        FAIL,
        /** Close the old one first. */
        REPLACE
    }

    /**
     * Whether an end outlives a session.
     */
    public enum Lifetime
    {
        /** After the end of a session it connects again. */
        PERSISTENT,
        /** After the end of its session it is closed. */
        ONE_SESSION
    }

    /**
     * Validates.
     */
    public ChannelSpec
    {
        NodeIds.validateNode(peer);
        NodeIds.validate(name);
        requireWindow(windowLength);
        if (closeDrainNs < 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need closeDrainNs >= 0: closeDrainNs=" + closeDrainNs);
        }
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(ifExists, "ifExists");
        Objects.requireNonNull(lifetime, "lifetime");
        Objects.requireNonNull(listener, "listener");
    }

    /**
     * Starts a spec with the peer's name; the channel is named {@code default} until {@link #named}.
     */
    public static ChannelSpec to(final String peer)
    {
        return new ChannelSpec(peer, "default", Mode.AUTO, WINDOW_LENGTH_DEFAULT, 0, IfExists.FAIL,
            Lifetime.PERSISTENT, CLOSE_DRAIN_NS_DEFAULT, false, ChannelListener.NONE);
    }

    /**
     * With this channel name.
     */
    public ChannelSpec named(final String newName)
    {
        return new ChannelSpec(peer, newName, mode, windowLength, schemaFingerprint, ifExists, lifetime, closeDrainNs,
            parkable, listener);
    }

    /**
     * With this mode.
     */
    public ChannelSpec mode(final Mode newMode)
    {
        return new ChannelSpec(peer, name, newMode, windowLength, schemaFingerprint, ifExists, lifetime, closeDrainNs,
            parkable, listener);
    }

    /**
     * With this window in bytes.
     */
    public ChannelSpec windowLength(final int newWindowLength)
    {
        return new ChannelSpec(peer, name, mode, newWindowLength, schemaFingerprint, ifExists, lifetime, closeDrainNs,
            parkable, listener);
    }

    /**
     * With this schema fingerprint.
     */
    public ChannelSpec schemaFingerprint(final long newFingerprint)
    {
        return new ChannelSpec(peer, name, mode, windowLength, newFingerprint, ifExists, lifetime, closeDrainNs,
            parkable, listener);
    }

    /**
     * With this choice for an end that is open already.
     */
    public ChannelSpec ifExists(final IfExists newIfExists)
    {
        return new ChannelSpec(peer, name, mode, windowLength, schemaFingerprint, newIfExists, lifetime, closeDrainNs,
            parkable, listener);
    }

    /**
     * With this lifetime.
     */
    public ChannelSpec lifetime(final Lifetime newLifetime)
    {
        return new ChannelSpec(peer, name, mode, windowLength, schemaFingerprint, ifExists, newLifetime, closeDrainNs,
            parkable, listener);
    }

    /**
     * With this bound for closing, in nanoseconds.
     */
    public ChannelSpec closeDrainNs(final long newCloseDrainNs)
    {
        return new ChannelSpec(peer, name, mode, windowLength, schemaFingerprint, ifExists, lifetime, newCloseDrainNs,
            parkable, listener);
    }

    /**
     * With an end that may sleep until a message comes, or not.
     */
    public ChannelSpec parkable(final boolean newParkable)
    {
        return new ChannelSpec(peer, name, mode, windowLength, schemaFingerprint, ifExists, lifetime, closeDrainNs,
            newParkable, listener);
    }

    /**
     * With this listener.
     */
    public ChannelSpec listener(final ChannelListener newListener)
    {
        return new ChannelSpec(peer, name, mode, windowLength, schemaFingerprint, ifExists, lifetime, closeDrainNs,
            parkable, newListener);
    }

    static void requireWindow(final int windowLength)
    {
        if (windowLength < WINDOW_LENGTH_MIN || windowLength > WINDOW_LENGTH_MAX ||
            !BitUtil.isPowerOfTwo(windowLength))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need windowLength a power of two from " +
                WINDOW_LENGTH_MIN + " to " + WINDOW_LENGTH_MAX + ": windowLength=" + windowLength);
        }
    }
}
