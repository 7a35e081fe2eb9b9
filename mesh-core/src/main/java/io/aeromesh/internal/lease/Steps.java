package io.aeromesh.internal.lease;

/**
 * Told before each change of shared memory. A test ends a node between any two of them; otherwise it is nothing.
 */
@FunctionalInterface
interface Steps
{
    /** For all but tests. */
    Steps NONE = () ->
    {};

    void beforeChange();
}
