package io.aeromesh.watch;

import io.aeromesh.status.MeshCounter;

/**
 * A counter as it was.
 *
 * @param counter which.
 * @param owner   name of the edge, or what the channel is called, that it is of; empty for the node itself.
 * @param value   in the counter's unit.
 */
public record CounterValue(MeshCounter counter, String owner, long value)
{
}
