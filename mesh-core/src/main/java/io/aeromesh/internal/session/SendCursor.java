package io.aeromesh.internal.session;

/**
 * How far a stream has been sent: by one session, or by a broadcast to all of its members.
 */
final class SendCursor
{
    private long position;

    long position()
    {
        return position;
    }

    void position(final long newPosition)
    {
        position = newPosition;
    }
}
