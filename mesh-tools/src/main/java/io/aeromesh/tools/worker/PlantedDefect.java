package io.aeromesh.tools.worker;

/**
 * A defect that a worker has on purpose, to prove that it is found.
 */
enum PlantedDefect
{
    /** None. */
    NONE,
    /** One message is not delivered. */
    DROP,
    /** One message is delivered twice. */
    DUPLICATE,
    /** One bit of one message is another. */
    FLIP,
    /** One lease is never given back. */
    LEAK
}
