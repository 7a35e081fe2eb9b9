package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.ChildProcess;

/**
 * A node's place: the processes that run it one after the other.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class Member
{
    private final String name;
    private ChildProcess process;
    private Process pause;
    private long incarnation = -1;
    private State state = State.DOWN;
    private boolean isHindered;
    private boolean isDriverless;
    private long openedNs;

    /**
     * What its process does.
     */
    enum State
    {
        /** There is none. */
        DOWN,
        /** Has been started and does not take commands yet. */
        STARTING,
        /** Has opened its channels. */
        OPEN,
        /** Could not start, as may be just now. */
        REFUSED
    }

    Member(final String name)
    {
        this.name = name;
    }

    String name()
    {
        return name;
    }

    State state()
    {
        return state;
    }

    boolean isOpen()
    {
        return state == State.OPEN && !isPaused();
    }

    boolean isPaused()
    {
        return pause != null && pause.isAlive();
    }

    ChildProcess process()
    {
        return process;
    }

    /**
     * Number of the process among those of this node, from 0.
     */
    long incarnation()
    {
        return incarnation;
    }

    /**
     * When it had opened its channels, by the monotonic clock.
     */
    long openedNs()
    {
        return openedNs;
    }

    void onStarted(final ChildProcess started)
    {
        process = started;
        incarnation++;
        state = State.STARTING;
        isHindered = false;
        isDriverless = false;
    }

    /**
     * There is reason for its process to say that it can not start, also when it comes to say so later.
     */
    void onHindered()
    {
        isHindered = true;
    }

    boolean mayRefuse()
    {
        return isHindered && state == State.STARTING;
    }

    /**
     * The media driver that its process needs is stopped or gone, as for {@link #onHindered()}.
     */
    void onDriverless()
    {
        isDriverless = true;
    }

    boolean mayLackDriver()
    {
        return isDriverless && state == State.STARTING;
    }

    void onOpened(final long nowNs)
    {
        state = State.OPEN;
        openedNs = nowNs;
    }

    void onDown(final State newState)
    {
        state = newState;
    }

    void pause(final Process newPause)
    {
        pause = newPause;
    }
}
