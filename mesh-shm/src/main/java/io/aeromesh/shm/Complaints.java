package io.aeromesh.shm;

import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;

/**
 * Tells of an error once, however often it occurs in a row. Agent thread only.
 */
final class Complaints
{
    private final Medium medium;
    private String last;

    Complaints(final Medium medium)
    {
        this.medium = medium;
    }

    void about(final Exception error, final EdgeListener listener)
    {
        final String text = error.toString();
        if (!text.equals(last))
        {
            last = text;
            listener.onMediumError(medium, error);
        }
    }

    /**
     * It went well: the next error is news again.
     */
    void forget()
    {
        last = null;
    }
}
