package io.aeromesh.internal.routing;

/**
 * Whether a neighbour answers, in the opinion of whoever watches the time.
 */
public enum Reachability
{
    /** It answers. */
    RESPONSIVE,
    /** Its edge is up but it does not answer: its routes are not used, and not forgotten. */
    SILENT
}
