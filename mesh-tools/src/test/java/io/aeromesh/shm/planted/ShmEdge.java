package io.aeromesh.shm.planted;

/**
 * Something for others to name wrongly.
 */
public final class ShmEdge
{
    /**
     * Its length.
     */
    public static int length()
    {
        return 1;
    }

    private ShmEdge()
    {
    }
}
