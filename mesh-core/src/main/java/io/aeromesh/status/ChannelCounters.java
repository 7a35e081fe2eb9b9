package io.aeromesh.status;

import org.agrona.concurrent.status.AtomicCounter;

/**
 * The counters of one channel end. Written by the agent thread alone.
 */
public final class ChannelCounters implements AutoCloseable
{
    private final AtomicCounter accepted;
    private final AtomicCounter acknowledged;
    private final AtomicCounter received;
    private final AtomicCounter sessions;

    ChannelCounters(final NodeCounters counters, final String owner)
    {
        accepted = counters.allocate(MeshCounter.CHANNEL_ACCEPTED_BYTES, owner);
        acknowledged = counters.allocate(MeshCounter.CHANNEL_ACKNOWLEDGED_BYTES, owner);
        received = counters.allocate(MeshCounter.CHANNEL_RECEIVED_BYTES, owner);
        sessions = counters.allocate(MeshCounter.CHANNEL_SESSIONS, owner);
    }

    /**
     * Sets the positions of what this end sends.
     */
    public void sent(final long acceptedPosition, final long acknowledgedPosition)
    {
        accepted.setPlain(acceptedPosition);
        acknowledged.setPlain(acknowledgedPosition);
    }

    /**
     * Sets the position of what this end has received; of a broadcast, adds up over its members.
     */
    public void received(final long receivedPosition)
    {
        received.setPlain(receivedPosition);
    }

    /**
     * A session was connected.
     */
    public void connected()
    {
        sessions.incrementPlain();
    }

    @Override
    public void close()
    {
        accepted.close();
        acknowledged.close();
        received.close();
        sessions.close();
    }
}
