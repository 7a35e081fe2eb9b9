package io.aeromesh.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Wakes whoever waits at the other end of a socket.
 * <p>
 * <b>Threading:</b> one thread at a time; others may write to the socket meanwhile. Never blocks.
 */
final class SocketBell implements Runnable
{
    private final SocketChannel socket;
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);

    SocketBell(final SocketChannel socket)
    {
        this.socket = socket;
    }

    @Override
    public void run()
    {
        try
        {
            one.clear();
            socket.write(one); // nothing is written when it is full: then the other end has enough to wake it
        }
        catch (final IOException ignore)
        {
            // the other end has gone, and its end wakes whoever waits for it
        }
    }
}
