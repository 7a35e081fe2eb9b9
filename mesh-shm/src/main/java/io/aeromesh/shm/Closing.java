package io.aeromesh.shm;

import java.io.IOException;

/**
 * Closes what may be gone already.
 */
final class Closing
{
    private Closing()
    {
    }

    static void quietly(final AutoCloseable closeable)
    {
        if (null != closeable)
        {
            try
            {
                closeable.close();
            }
            catch (final IOException ignore)
            {
                // it is closed for us whatever the kernel says
            }
            catch (final Exception ex)
            {
                throw new IllegalStateException("not closeable: " + closeable, ex);
            }
        }
    }
}
