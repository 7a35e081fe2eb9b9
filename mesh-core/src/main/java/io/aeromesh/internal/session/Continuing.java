package io.aeromesh.internal.session;

import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageOrigin;
import org.agrona.DirectBuffer;

/**
 * A handler that always goes on, so that there is one way to poll. The thread of the channel end.
 */
final class Continuing implements ControlledMessageHandler
{
    private MessageHandler handler;

    Continuing with(final MessageHandler plainHandler)
    {
        handler = plainHandler;
        return this;
    }

    @Override
    public Action onMessage(
        final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        handler.onMessage(buffer, offset, length, origin);
        return Action.CONTINUE;
    }
}
