package io.aeromesh.internal.session;

import io.aeromesh.SessionReport;
import io.aeromesh.error.MeshException;

/**
 * What a broadcast channel's thread is told.
 *
 * @param member    whom it concerns.
 * @param report    when the member has left, else null.
 * @param rejection when a node can not become a member, else null.
 * @param stream    of a member that has left, to be drained before the event is told; else null.
 */
record GroupEvent(String member, SessionReport report, MeshException rejection, ReceiveStream stream)
{
}
