package io.aeromesh.bench.cli.tech;

/**
 * Lets some time pass without touching memory.
 */
final class Pauses
{
    private Pauses()
    {
    }

    /**
     * @param count of hints to the processor, each some tens of nanoseconds.
     */
    static void pause(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            Thread.onSpinWait();
        }
    }
}
