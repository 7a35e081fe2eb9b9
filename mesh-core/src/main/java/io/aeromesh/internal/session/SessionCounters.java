package io.aeromesh.internal.session;

import io.aeromesh.status.ChannelCounters;

/**
 * What sessions count, for the whole node. Agent thread.
 */
public interface SessionCounters
{
    /**
     * A packet or record from a peer broke the protocol.
     */
    void malformed();

    /**
     * Stream bytes were sent again.
     */
    void resent();

    /**
     * Received stream bytes were not taken, as {@code Inbound.Taken} says.
     */
    void duplicate();

    /**
     * Received stream bytes were beyond the window or too scattered; they come again.
     */
    void beyondWindow();

    /**
     * A session id was not known here.
     */
    void unknownSession();

    /**
     * A reply to a peer found no room; the peer is asked to begin anew.
     */
    void repliesOverflowed();

    /**
     * Counters of one channel end, to be closed with it.
     *
     * @param description of the channel end, for people.
     */
    ChannelCounters channel(String description);
}
