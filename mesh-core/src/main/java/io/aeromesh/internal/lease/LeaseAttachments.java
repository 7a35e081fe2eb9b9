package io.aeromesh.internal.lease;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.SharedMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arenas of others that one node is attached to.
 * <p>
 * <b>Threading:</b> any thread; looking one up takes no lock, changes do. <b>Allocation:</b> when they change.
 */
final class LeaseAttachments
{
    /** Each is a mapping, made because a peer asked for it. */
    static final int COUNT_MAX = 1024;

    private final NodeLeases node;
    private final SharedMemory memory;
    private final Steps steps;
    private volatile LeaseAttachment[] attachments = {};
    /** Those that are mapped, closed or not. */
    private int mappedCount;
    private SharedMemory.Lingering lingering;

    LeaseAttachments(final NodeLeases node, final SharedMemory memory, final Steps steps)
    {
        this.node = node;
        this.memory = memory;
        this.steps = steps;
    }

    /**
     * The one of that arena, or null.
     */
    LeaseAttachment find(final long creatorHigh, final long creatorLow, final long directoryId)
    {
        for (final LeaseAttachment attachment : attachments)
        {
            if (attachment.isOf(creatorHigh, creatorLow) && attachment.directoryId() == directoryId)
            {
                return attachment;
            }
        }
        return null;
    }

    /**
     * Attaches to an arena, unless that is done, and maps all that it has.
     *
     * @throws MeshException TABLE_FULL when there are {@link #COUNT_MAX}, and as {@link LeaseAttachment#attach} and
     *                       {@link LeaseAttachment#mapAll}.
     */
    synchronized void attach(final ArenaAddress address)
    {
        LeaseAttachment attachment = find(address.instanceHigh(), address.instanceLow(), address.directoryId());
        if (null == attachment)
        {
            if (attachments.length >= COUNT_MAX)
            {
                throw new MeshException(ErrorCode.TABLE_FULL, "arenas that this node is attached to, limit=" +
                    COUNT_MAX + ", asked for one of '" + address.creatorName() + "'");
            }
            final LeaseAttachment[] more = Arrays.copyOf(attachments, attachments.length + 1);
            attachment = LeaseAttachment.attach(node, address, memory, steps, this::onUnmapped);
            more[attachments.length] = attachment;
            mappedCount++;
            attachments = more;
        }
        attachment.mapAll();
    }

    /**
     * The owner is dead.
     */
    void orphan(final long deadHigh, final long deadLow)
    {
        for (final LeaseAttachment attachment : attachments)
        {
            if (attachment.isOf(deadHigh, deadLow))
            {
                attachment.orphan();
            }
        }
    }

    /**
     * Frees what the dead gave to this node, and leaves the arena that was its own.
     */
    int settle(final long deadHigh, final long deadLow)
    {
        int work = 0;
        for (final LeaseAttachment attachment : attachments)
        {
            work += attachment.settle(deadHigh, deadLow);
            if (attachment.isOf(deadHigh, deadLow))
            {
                attachment.retire();
                closeIfFinished(attachment);
            }
        }
        return work;
    }

    /**
     * Maps what owners have added, and unmaps what is left for good.
     */
    int tend()
    {
        int work = 0;
        for (final LeaseAttachment attachment : attachments)
        {
            work += attachment.mapMore() + closeIfFinished(attachment);
        }
        return work;
    }

    private int closeIfFinished(final LeaseAttachment attachment)
    {
        if (!attachment.isFinished())
        {
            return 0;
        }
        remove(attachment);
        attachment.close();
        return 1;
    }

    private synchronized void remove(final LeaseAttachment attachment)
    {
        final List<LeaseAttachment> rest = new ArrayList<>(List.of(attachments));
        rest.remove(attachment);
        attachments = rest.toArray(new LeaseAttachment[0]);
    }

    long useCount()
    {
        long count = 0;
        for (final LeaseAttachment attachment : attachments)
        {
            count += attachment.useCount();
        }
        return count;
    }

    /**
     * While blocks of others are held, this instance lingers: else their owners would take its end for that of their
     * holder, and give out what is still in use here.
     *
     * @throws MeshException when it can not: then its name must not be let go.
     */
    synchronized void close()
    {
        for (final LeaseAttachment attachment : attachments)
        {
            attachment.close(); // first, so that nothing more is taken; what is in use stays mapped
        }
        attachments = new LeaseAttachment[0];
        if (mappedCount > 0)
        {
            lingering = memory.linger();
        }
    }

    private synchronized void onUnmapped()
    {
        mappedCount--;
        endLingering();
    }

    private void endLingering()
    {
        if (mappedCount == 0 && lingering != null)
        {
            lingering.close();
            lingering = null;
        }
    }
}
