package io.aeromesh.tools.demo;

/**
 * The demo can not go on: something awaited did not come, or a process ended that should not have.
 */
final class DemoFailure extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    DemoFailure(final String message)
    {
        super(message);
    }

    DemoFailure(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
