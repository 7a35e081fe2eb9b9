package io.aeromesh.internal.session;

import java.util.List;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * What passes between a broadcast channel's thread and the agent, beside the streams.
 */
final class GroupGate
{
    static final int EVENTS_MAX = 256;

    /** Agent to the channel's thread; bounded, and what finds no room waits at the agent. */
    final OneToOneConcurrentArrayQueue<GroupEvent> events = new OneToOneConcurrentArrayQueue<>(EVENTS_MAX);
    /** Copied on each change by the agent. */
    volatile ReceiveStream[] streams = {};
    volatile List<String> members = List.of();
    /** Those that are owed what is sent. Copied on each change by the agent. */
    volatile LeaseShares.Peer[] peers = {};
    /** Whether the channel's thread is looking at these to send what each has to be counted for. */
    volatile boolean isSharing;
    volatile boolean accepting;
    volatile boolean closed;
    volatile boolean closeRequested;
}
