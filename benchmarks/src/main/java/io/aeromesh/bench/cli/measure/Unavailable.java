package io.aeromesh.bench.cli.measure;

/**
 * Something can not be measured here, which is no error: the message says why in one line.
 */
public final class Unavailable extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * @param reason in one line.
     */
    public Unavailable(final String reason)
    {
        super(reason);
    }
}
