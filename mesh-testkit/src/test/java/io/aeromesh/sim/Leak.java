package io.aeromesh.sim;

/**
 * Lets links take more than they have room for.
 */
public final class Leak
{
    private Leak()
    {
    }

    /**
     * From now on.
     */
    public static void open(final SimMedium medium)
    {
        medium.shape().isLeaky = true;
    }
}
