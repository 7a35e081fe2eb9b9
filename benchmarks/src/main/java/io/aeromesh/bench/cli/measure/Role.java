package io.aeromesh.bench.cli.measure;

/**
 * The two ends.
 */
public enum Role
{
    /** Keeps the time. */
    LEAD,
    /** Answers. */
    PEER;

    /**
     * The one at the other end.
     */
    public Role other()
    {
        return this == LEAD ? PEER : LEAD;
    }
}
