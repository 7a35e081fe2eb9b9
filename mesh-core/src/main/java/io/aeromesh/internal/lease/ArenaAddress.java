package io.aeromesh.internal.lease;

/**
 * Where an arena is attached.
 *
 * @param creatorName  name of the node that owns it.
 * @param instanceHigh upper half of that node's instance.
 * @param instanceLow  lower half.
 * @param directoryId  of the region that its directory is in.
 */
public record ArenaAddress(String creatorName, long instanceHigh, long instanceLow, long directoryId)
{
}
