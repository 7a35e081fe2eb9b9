package io.aeromesh.internal.lease;

import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.Lease;
import io.aeromesh.MessageOrigin;

/**
 * A lease that has arrived and waits for the handler: shown until it is consumed, released then unless the handler has
 * taken it.
 * <p>
 * <b>Threading:</b> the reader of the stream. <b>Allocation:</b> none.
 */
public final class ReceivedLease
{
    private final Lease lease = new Lease();
    private boolean isShown;

    /**
     * Holds what has arrived, or nothing.
     */
    public Lease lease()
    {
        return lease;
    }

    /**
     * Whether one waits to be shown, perhaps again.
     */
    public boolean isWaiting()
    {
        return lease.isHeld();
    }

    /**
     * Whether the handler is being shown one now.
     */
    public boolean isShown()
    {
        return isShown;
    }

    /**
     * Of what is waiting or shown, in bytes.
     */
    public int length()
    {
        return lease.length();
    }

    /**
     * Moves it to the application.
     *
     * @throws IllegalStateException when the message that is shown is no lease or was taken before, or when something
     *                               is held there.
     */
    public void take(final Lease into)
    {
        if (!isShown)
        {
            throw new IllegalStateException("no lease to take: the message is none, or its handler has returned");
        }
        lease.block().moveTo(into.block());
    }

    /**
     * Shows it to the handler.
     *
     * @throws IllegalStateException when the handler took it and wants it again nevertheless; it counts as consumed.
     */
    public Action show(final ControlledMessageHandler handler, final MessageOrigin origin)
    {
        boolean isKept = false;
        isShown = true;
        try
        {
            final Action action = handler.onMessage(lease.buffer(), 0, lease.length(), origin);
            if (action == Action.ABORT)
            {
                if (!lease.isHeld())
                {
                    throw new IllegalStateException("a lease that was taken can not come again: ABORT after take");
                }
                isKept = true;
            }
            return action;
        }
        finally
        {
            isShown = false;
            if (!isKept)
            {
                release();
            }
        }
    }

    /**
     * Gives it back, if there is one.
     */
    public void release()
    {
        lease.block().releaseIfHeld();
    }
}
