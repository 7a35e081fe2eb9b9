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
     * @return whether nobody here takes it, so that the contexts of this node are to see it.
     */
    boolean onMessage(
        LinkReader in,
        long sourceId,
        long sessionId,
        UnsafeBuffer buffer,
        int offset,
        int templateId,
        long nowNs);

    /**
     * An Open that came to the node of this context, and that nobody there takes, in memory that nobody else changes,
     * whose shape was checked.
     */
    void onOpenToHost(long sourceId, UnsafeBuffer buffer, int offset);

    /**
     * A message that broke the protocol.
     */
    void onMalformed(MeshException error);
}
