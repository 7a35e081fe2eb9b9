package io.aeromesh.internal.node;

import io.aeromesh.error.MeshException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes control messages that are for this node. Agent thread.
 */
interface ControlHandler
{
    /**
     * A message in memory that nobody else changes, whose shape was checked.
     *
     * @param in     where it came in.
     * @param offset of the message header.
     */
    void onMessage(
        LinkReader in,
        long sourceId,
        long sessionId,
        UnsafeBuffer buffer,
        int offset,
        int templateId,
        long nowNs);

    /**
     * A message that broke the protocol.
     */
    void onMalformed(MeshException error);
}
