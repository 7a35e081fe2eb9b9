package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import java.util.Objects;

/**
 * What broadcast channel to open. Immutable; the methods named after a component give a changed copy.
 *
 * @param name              of the channel, the same at all members.
 * @param windowLength      of this member's stream: bytes that may be accepted and not yet consumed by every member;
 *                          a power of two.
 * @param schemaFingerprint of the messages; 0: not checked. All members must have the same.
 * @param slowMember        what happens when a member falls behind.
 * @param evictLength       bytes behind the fastest member at which a slow one is evicted; it is also evicted where it
 *                          leaves no room for what the source was refused last and the fastest has read all.
 * @param retainLength      bytes that are kept for members that join later; at most half of the window.
 * @param start             where this member starts in the streams of others.
 * @param membersMax        limit of members; each costs a receive buffer of its source's window.
 * @param parkable          whether this member's thread may sleep until a message comes, {@link Poller#await}.
 * @param listener          told of events.
 */
public record BroadcastSpec(
    String name,
    int windowLength,
    long schemaFingerprint,
    SlowMember slowMember,
    int evictLength,
    int retainLength,
    Start start,
    int membersMax,
    boolean parkable,
    BroadcastListener listener)
{
    /** Window unless told otherwise, in bytes. */
    public static final int WINDOW_LENGTH_DEFAULT = 256 * 1024;
    /** Members unless told otherwise. */
    public static final int MEMBERS_MAX_DEFAULT = 64;

    /**
     * What happens when a member falls behind.
     */
    public enum SlowMember
    {
        /** It is evicted, and both ends are told the range. It may join again at once. */
        EVICT,
        /** The source is told {@link MessageSink#BACK_PRESSURED}. */
        BACK_PRESSURE
    }

    /**
     * Where a member starts in the streams of others.
     */
    public enum Start
    {
        /** With what is accepted after its join is confirmed. */
        NOW,
        /** With what the source retains. */
        RETAINED
    }

    /**
     * Validates.
     */
    public BroadcastSpec
    {
        NodeIds.validate(name);
        ChannelSpec.requireWindow(windowLength);
        if (evictLength <= 0 || evictLength > windowLength)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need 0 < evictLength <= windowLength: evictLength=" +
                evictLength + ", windowLength=" + windowLength);
        }
        if (retainLength < 0 || retainLength > windowLength / 2)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need 0 <= retainLength <= windowLength/2: retainLength=" +
                retainLength + ", windowLength=" + windowLength);
        }
        if (membersMax <= 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need membersMax > 0: membersMax=" + membersMax);
        }
        Objects.requireNonNull(slowMember, "slowMember");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(listener, "listener");
    }

    /**
     * Starts a spec with the channel's name.
     */
    public static BroadcastSpec named(final String name)
    {
        final int window = WINDOW_LENGTH_DEFAULT;
        return new BroadcastSpec(name, window, 0, SlowMember.EVICT, window / 4 * 3, 0, Start.NOW, MEMBERS_MAX_DEFAULT,
            false, BroadcastListener.NONE);
    }

    /**
     * With this window in bytes, and {@link #evictLength} three quarters of it.
     */
    public BroadcastSpec windowLength(final int newWindowLength)
    {
        return new BroadcastSpec(name, newWindowLength, schemaFingerprint, slowMember, newWindowLength / 4 * 3,
            Math.min(retainLength, newWindowLength / 2), start, membersMax, parkable, listener);
    }

    /**
     * With this schema fingerprint.
     */
    public BroadcastSpec schemaFingerprint(final long newFingerprint)
    {
        return new BroadcastSpec(name, windowLength, newFingerprint, slowMember, evictLength, retainLength, start,
            membersMax, parkable, listener);
    }

    /**
     * With this treatment of slow members.
     */
    public BroadcastSpec slowMember(final SlowMember newSlowMember)
    {
        return new BroadcastSpec(name, windowLength, schemaFingerprint, newSlowMember, evictLength, retainLength,
            start, membersMax, parkable, listener);
    }

    /**
     * With this distance for eviction, in bytes.
     */
    public BroadcastSpec evictLength(final int newEvictLength)
    {
        return new BroadcastSpec(name, windowLength, schemaFingerprint, slowMember, newEvictLength, retainLength,
            start, membersMax, parkable, listener);
    }

    /**
     * With this many bytes kept for later members.
     */
    public BroadcastSpec retainLength(final int newRetainLength)
    {
        return new BroadcastSpec(name, windowLength, schemaFingerprint, slowMember, evictLength, newRetainLength,
            start, membersMax, parkable, listener);
    }

    /**
     * With this start in the streams of others.
     */
    public BroadcastSpec start(final Start newStart)
    {
        return new BroadcastSpec(name, windowLength, schemaFingerprint, slowMember, evictLength, retainLength,
            newStart, membersMax, parkable, listener);
    }

    /**
     * With this limit of members.
     */
    public BroadcastSpec membersMax(final int newMembersMax)
    {
        return new BroadcastSpec(name, windowLength, schemaFingerprint, slowMember, evictLength, retainLength,
            start, newMembersMax, parkable, listener);
    }

    /**
     * With a thread that may sleep until a message comes, or not.
     */
    public BroadcastSpec parkable(final boolean newParkable)
    {
        return new BroadcastSpec(name, windowLength, schemaFingerprint, slowMember, evictLength, retainLength,
            start, membersMax, newParkable, listener);
    }

    /**
     * With this listener.
     */
    public BroadcastSpec listener(final BroadcastListener newListener)
    {
        return new BroadcastSpec(name, windowLength, schemaFingerprint, slowMember, evictLength, retainLength,
            start, membersMax, parkable, newListener);
    }
}
