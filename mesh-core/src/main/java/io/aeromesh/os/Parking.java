package io.aeromesh.os;

import java.nio.channels.SelectableChannel;

/**
 * Where a node's agent sleeps while it has nothing to do, and what wakes it: threads of its process, neighbours that
 * find its word in shared memory and send a byte, sockets that end.
 * <p>
 * <b>Threading:</b> agent thread only, except {@link #wake()} and {@link #retire()}. <b>Order:</b> {@link #arm()}, then
 * a whole duty cycle as the last look, then {@link #park()} if it found nothing; in any case {@link #disarm()}.
 */
public interface Parking extends AutoCloseable
{
    /**
     * Whether the agent ever sleeps here: decides, at set-up, what others have to do for it.
     */
    boolean isParkable();

    /**
     * Wakes the agent if it sleeps or is about to. Any thread, after what it published; a full fence and one load.
     */
    void wake();

    /**
     * Lets what comes to a channel wake the agent, its end too, until the channel is closed.
     *
     * @param channel not blocking; a server's wakes by who connects.
     */
    void watch(SelectableChannel channel);

    /**
     * Says in this word too when the agent sleeps, until {@link #hide}.
     */
    void show(ParkWord word);

    /**
     * The word is not touched any more.
     */
    void hide(ParkWord word);

    /**
     * The next sleep ends after this time at the latest. To be said in each duty cycle, or after each {@link #arm()}.
     *
     * @param delayNs from now on, in nanoseconds; what is past counts as now.
     */
    void noLongerThan(long delayNs);

    /**
     * Changes whenever a watched channel has ended a sleep: what looks at sockets only now and then looks at once.
     */
    long wakeUps();

    /**
     * The agent is about to sleep: from now on it is woken.
     */
    void arm();

    /**
     * Sleeps, unless woken since {@link #arm()}.
     *
     * @return by how much the sleep was longer than asked for, in nanoseconds: then the process was paused. Else 0.
     */
    long park();

    /**
     * The agent does not sleep now.
     */
    void disarm();

    /**
     * Ends the sleep, and there is none any more. Any thread. Idempotent.
     */
    void retire();

    /**
     * Whether there is no sleep any more.
     */
    boolean isRetired();

    /**
     * Frees the descriptors. Idempotent.
     */
    @Override
    void close();

    /** Of an agent that never sleeps here. */
    Parking NONE = new Parking()
    {
        @Override
        public boolean isParkable()
        {
            return false;
        }

        @Override
        public void wake()
        {
        }

        @Override
        public void watch(final SelectableChannel channel)
        {
        }

        @Override
        public void show(final ParkWord word)
        {
        }

        @Override
        public void hide(final ParkWord word)
        {
        }

        @Override
        public void noLongerThan(final long delayNs)
        {
        }

        @Override
        public long wakeUps()
        {
            return 0;
        }

        @Override
        public void arm()
        {
        }

        @Override
        public long park()
        {
            return 0;
        }

        @Override
        public void disarm()
        {
        }

        @Override
        public void retire()
        {
        }

        @Override
        public boolean isRetired()
        {
            return true;
        }

        @Override
        public void close()
        {
        }
    };
}
