package io.aeromesh.internal.session;

import io.aeromesh.MessageHandler;

/**
 * A channel end whose messages a thread waits for, perhaps together with those of others, by the rules of
 * {@link io.aeromesh.os.ParkWord}.
 * <p>
 * <b>Threading:</b> the end's thread, except {@link #isParkable()}: any.
 */
public interface Awaitable
{
    /**
     * Whether the thread may sleep: else nobody wakes it.
     */
    boolean isParkable();

    /**
     * As of both kinds of channels.
     */
    int poll(MessageHandler handler, int limit);

    /**
     * From now on the thread is woken. The last look is a poll after it.
     */
    void arm();

    /**
     * Whether the thread was not woken since.
     */
    boolean isArmed();

    /**
     * How long the thread may sleep, in nanoseconds.
     */
    long sleepNsMax();

    /**
     * The thread does not sleep now.
     */
    void disarm();
}
