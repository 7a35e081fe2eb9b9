package io.aeromesh.watch;

import io.aeromesh.status.MeshEvent;

/**
 * An event of a node.
 *
 * @param number  of the event in its node, from 1 on without a gap.
 * @param timeMs  when, in milliseconds of the epoch.
 * @param kind    what happened.
 * @param subject what it is of, as the kind says.
 * @param detail  the rest, or empty.
 * @param value   in what the kind says.
 */
public record NotedEvent(long number, long timeMs, MeshEvent kind, String subject, String detail, long value)
{
}
