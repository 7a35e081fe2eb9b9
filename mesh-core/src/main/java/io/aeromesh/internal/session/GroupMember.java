package io.aeromesh.internal.session;

/**
 * Another node, as a member of a broadcast channel or on the way to be one. Agent thread.
 */
final class GroupMember
{
    private final Destination peer;
    Session session;
    /** Told to the application as soon as there is room; no new session before. */
    GroupEvent pendingEvent;
    /** Of the last session, until the application has drained it. */
    ReceiveStream leftStream;
    boolean joined;
    /** It has opened the channel since its last session began. */
    boolean isHeard;
    /** There was no room for it, and it has not been asked since. */
    boolean isTurnedAway;

    GroupMember(final Destination peer)
    {
        this.peer = peer;
    }

    Destination peer()
    {
        return peer;
    }

    /**
     * Whether the source owes it messages.
     */
    boolean isOwed()
    {
        return session.state() != Session.State.ENDED && session.outbound() != null;
    }
}
