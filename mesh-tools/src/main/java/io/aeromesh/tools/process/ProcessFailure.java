package io.aeromesh.tools.process;

/**
 * A run can not go on: something awaited did not come, or a process ended that should not have.
 */
public final class ProcessFailure extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    public ProcessFailure(final String message)
    {
        super(message);
    }

    public ProcessFailure(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
