package io.aeromesh.internal.lease;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.spi.SharedRegion;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who takes part in an arena, and which segments it has:
 * <pre>
 *      0   magic and version, 64 bits
 *      8   segments, 32 bits
 *    128   64 slots of 256 bytes, the first of the owner:
 *            0   state: phase in bits 0..7, tag of the instance in bits 8..63
 *            8   instance, high
 *           16   instance, low
 *           24   bytes of the name, 32 bits
 *           28   segments that are mapped there, the first so many, 32 bits
 *           32   name in UTF-8, up to 128 bytes
 *  16512   256 segments of 16 bytes:
 *            0   id of the region
 *            8   length of a block, 32 bits
 *           12   blocks, 32 bits
 *  20608   end
 * </pre>
 * An attacher claims an empty slot by compare-and-set, and the tag in that very word says who it is, so that the owner
 * can take the slot back from one that died before it wrote its name. Then it writes instance and name and stores the
 * phase ATTACHED, which makes them readable. GONE is stored by an attacher that leaves, or by the owner on its death;
 * the owner empties the slot once no block refers to it.
 * <p>
 * Blocks are given only to slots that have mapped their segment: the owner may die before the handle is read, and
 * whoever sweeps after it takes the segment's name away.
 * <p>
 * All of this is written by other processes: what is read is checked, and names that fit nowhere are nobody's.
 * <p>
 * <b>Threading:</b> any thread. <b>Allocation:</b> when a peer is seen for the first time.
 */
final class LeaseDirectory
{
    static final int REGION_LENGTH = 20608;
    static final int SEGMENTS_MAX = 256;
    static final int OWNER_SLOT = 0;
    static final int NO_SLOT = -1;

    static final int EMPTY = 0;
    static final int CLAIMED = 1;
    static final int ATTACHED = 2;
    static final int GONE = 3;

    private static final long MAGIC = 0x33_45_53_41_45_4c_4d_41L; // "AMLEASE3"
    private static final int SEGMENT_COUNT_OFFSET = 8;
    private static final int SLOTS_OFFSET = 128;
    private static final int SLOT_LENGTH = 256;
    private static final int HIGH_OFFSET = 8;
    private static final int LOW_OFFSET = 16;
    private static final int NAME_LENGTH_OFFSET = 24;
    private static final int MAPPED_OFFSET = 28;
    private static final int NAME_OFFSET = 32;
    private static final int SEGMENTS_OFFSET = SLOTS_OFFSET + BlockWord.SLOTS * SLOT_LENGTH;
    private static final int SEGMENT_LENGTH = 16;
    private static final int BLOCK_LENGTH_OFFSET = 8;
    private static final int BLOCK_COUNT_OFFSET = 12;
    private static final int PHASE_MASK = 0xFF;
    private static final int TAG_SHIFT = 8;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** A slot as it was read and found good; it is as long as the slot's state is that. */
    record Holder(int slot, long state, long instanceHigh, long instanceLow, String name)
    {
    }

    private final SharedRegion region;
    private final UnsafeBuffer buffer;
    private final Steps steps;
    private final AtomicReferenceArray<Holder> seen = new AtomicReferenceArray<>(BlockWord.SLOTS);

    private LeaseDirectory(final SharedRegion region, final Steps steps)
    {
        this.region = region;
        this.buffer = region.buffer();
        this.steps = steps;
    }

    /**
     * Begins a directory in new memory.
     */
    static LeaseDirectory create(
        final SharedRegion region, final long instanceHigh, final long instanceLow, final String name,
        final Steps steps)
    {
        final LeaseDirectory directory = new LeaseDirectory(region, steps);
        directory.putSlot(OWNER_SLOT, instanceHigh, instanceLow, name, SEGMENTS_MAX);
        directory.buffer.putLongRelease(0, MAGIC);
        return directory;
    }

    /**
     * Reads the directory of another node.
     */
    static LeaseDirectory attach(final SharedRegion region, final Steps steps)
    {
        final long magic = region.buffer().getLongAcquire(0);
        if (MAGIC != magic)
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION,
                "memory " + region.id() + " is no directory of leases of this version: magic=" + magic);
        }
        return new LeaseDirectory(region, steps);
    }

    SharedRegion region()
    {
        return region;
    }

    private static int slotOffset(final int slot)
    {
        return SLOTS_OFFSET + slot * SLOT_LENGTH;
    }

    private static long state(final int phase, final long tag)
    {
        return tag << TAG_SHIFT | phase;
    }

    private static int phase(final long state)
    {
        return (int)state & PHASE_MASK;
    }

    private static long tag(final long instanceHigh, final long instanceLow)
    {
        final long mixed = (instanceHigh ^ instanceLow * MIX) * MIX;
        return (mixed ^ mixed >>> Integer.SIZE) * MIX >>> TAG_SHIFT;
    }

    private static boolean isTagged(final long state, final long instanceHigh, final long instanceLow)
    {
        return state >>> TAG_SHIFT == tag(instanceHigh, instanceLow);
    }

    /**
     * Takes a slot for this process.
     *
     * @return the slot, or {@link #NO_SLOT} when there is none.
     */
    int claim(final long instanceHigh, final long instanceLow, final String name)
    {
        final long claimed = state(CLAIMED, tag(instanceHigh, instanceLow));
        for (int slot = OWNER_SLOT + 1; slot < BlockWord.SLOTS; slot++)
        {
            if (EMPTY == buffer.getLongVolatile(slotOffset(slot)))
            {
                steps.beforeChange();
                if (buffer.compareAndSetLong(slotOffset(slot), EMPTY, claimed))
                {
                    putSlot(slot, instanceHigh, instanceLow, name, 0);
                    return slot;
                }
            }
        }
        return NO_SLOT;
    }

    private void putSlot(
        final int slot, final long instanceHigh, final long instanceLow, final String name, final int mapped)
    {
        final int offset = slotOffset(slot);
        final byte[] utf8 = NodeIds.utf8(name);
        steps.beforeChange();
        buffer.putLong(offset + HIGH_OFFSET, instanceHigh);
        buffer.putLong(offset + LOW_OFFSET, instanceLow);
        buffer.putInt(offset + NAME_LENGTH_OFFSET, utf8.length);
        buffer.putInt(offset + MAPPED_OFFSET, mapped);
        buffer.putBytes(offset + NAME_OFFSET, utf8);
        steps.beforeChange();
        buffer.putLongVolatile(offset, state(ATTACHED, tag(instanceHigh, instanceLow)));
    }

    /**
     * Slot of an instance that takes part, or {@link #NO_SLOT}.
     */
    int slotOf(final long instanceHigh, final long instanceLow)
    {
        for (int slot = 0; slot < BlockWord.SLOTS; slot++)
        {
            final Holder holder = seen.getAcquire(slot);
            if (null != holder && holder.instanceHigh == instanceHigh && holder.instanceLow == instanceLow &&
                isStill(holder))
            {
                return slot;
            }
        }
        for (int slot = 0; slot < BlockWord.SLOTS; slot++)
        {
            final long state = buffer.getLongVolatile(slotOffset(slot));
            if (ATTACHED == phase(state) && isTagged(state, instanceHigh, instanceLow))
            {
                final Holder holder = holder(slot);
                if (null != holder && holder.instanceHigh == instanceHigh && holder.instanceLow == instanceLow)
                {
                    return slot;
                }
            }
        }
        return NO_SLOT;
    }

    /**
     * Slot of an instance that takes part and has mapped a segment, or {@link #NO_SLOT}.
     */
    int slotThatMapped(final int segment, final long instanceHigh, final long instanceLow)
    {
        final int slot = slotOf(instanceHigh, instanceLow);
        return NO_SLOT != slot && segment < buffer.getIntVolatile(slotOffset(slot) + MAPPED_OFFSET) ? slot : NO_SLOT;
    }

    /**
     * Says how many segments are mapped where a slot is. Its holder only.
     */
    void putMapped(final int slot, final int count)
    {
        steps.beforeChange();
        buffer.putIntVolatile(slotOffset(slot) + MAPPED_OFFSET, count);
    }

    /**
     * Whether a slot is an instance's now. A full fence stands between this and what the caller changed before.
     */
    boolean isAttached(final int slot, final long instanceHigh, final long instanceLow)
    {
        return state(ATTACHED, tag(instanceHigh, instanceLow)) == buffer.getLongVolatile(slotOffset(slot));
    }

    private boolean isStill(final Holder holder)
    {
        return holder.state == buffer.getLongVolatile(slotOffset(holder.slot));
    }

    /**
     * Whether an instance takes part in that slot, or did when it died.
     */
    boolean isSlotOf(final int slot, final long instanceHigh, final long instanceLow)
    {
        final int offset = slotOffset(slot);
        final int phase = phase(buffer.getLongVolatile(offset));
        return (ATTACHED == phase || GONE == phase) && buffer.getLong(offset + HIGH_OFFSET) == instanceHigh &&
            buffer.getLong(offset + LOW_OFFSET) == instanceLow;
    }

    /**
     * Who is in a slot, or null when nobody is, or nothing readable.
     */
    Holder holder(final int slot)
    {
        final Holder known = seen.getAcquire(slot);
        if (null != known && isStill(known))
        {
            return known;
        }
        final int offset = slotOffset(slot);
        final long state = buffer.getLongVolatile(offset);
        final long high = buffer.getLong(offset + HIGH_OFFSET);
        final long low = buffer.getLong(offset + LOW_OFFSET);
        final int nameLength = buffer.getInt(offset + NAME_LENGTH_OFFSET);
        if (ATTACHED != phase(state) || !isTagged(state, high, low))
        {
            return null;
        }
        try
        {
            final Holder holder =
                new Holder(slot, state, high, low, NodeIds.decodeName(buffer, offset + NAME_OFFSET, nameLength));
            seen.setRelease(slot, holder);
            return holder;
        }
        catch (final MeshException ignore)
        {
            return null; // its own loss: nobody will offer to it
        }
    }

    /**
     * Leaves.
     */
    void leave(final int slot, final long instanceHigh, final long instanceLow)
    {
        markGone(slot, buffer.getLongVolatile(slotOffset(slot)), instanceHigh, instanceLow);
    }

    /**
     * Notes that an instance is dead, whatever it was doing.
     */
    void markGone(final long instanceHigh, final long instanceLow)
    {
        for (int slot = OWNER_SLOT + 1; slot < BlockWord.SLOTS; slot++)
        {
            final long state = buffer.getLongVolatile(slotOffset(slot));
            if (CLAIMED == phase(state) ||
                ATTACHED == phase(state) && isSlotOf(slot, instanceHigh, instanceLow))
            {
                markGone(slot, state, instanceHigh, instanceLow);
            }
        }
    }

    private void markGone(final int slot, final long state, final long instanceHigh, final long instanceLow)
    {
        if (isTagged(state, instanceHigh, instanceLow))
        {
            steps.beforeChange();
            buffer.compareAndSetLong(slotOffset(slot), state, state(GONE, tag(instanceHigh, instanceLow)));
        }
    }

    /**
     * One bit for each slot whose holder has gone.
     */
    long goneSlots()
    {
        long gone = 0;
        for (int slot = OWNER_SLOT + 1; slot < BlockWord.SLOTS; slot++)
        {
            if (GONE == phase(buffer.getLongVolatile(slotOffset(slot))))
            {
                gone |= 1L << slot;
            }
        }
        return gone;
    }

    /**
     * Empties slots, which no block refers to. The owner only.
     */
    void empty(final long slots)
    {
        for (int slot = OWNER_SLOT + 1; slot < BlockWord.SLOTS; slot++)
        {
            if (0 != (slots & 1L << slot))
            {
                seen.set(slot, null);
                steps.beforeChange();
                buffer.putLongVolatile(slotOffset(slot), EMPTY);
            }
        }
    }

    /**
     * Slots that are not empty, without the owner's.
     */
    int takenSlots()
    {
        int taken = 0;
        for (int slot = OWNER_SLOT + 1; slot < BlockWord.SLOTS; slot++)
        {
            taken += EMPTY == buffer.getLongVolatile(slotOffset(slot)) ? 0 : 1;
        }
        return taken;
    }

    /**
     * Segments that can be seen, as far as that can be.
     */
    int segmentCount()
    {
        return Math.max(0, Math.min(SEGMENTS_MAX, buffer.getIntVolatile(SEGMENT_COUNT_OFFSET)));
    }

    /**
     * Publishes a segment. The owner only, one thread at a time.
     */
    void addSegment(final LeaseSegment segment)
    {
        final int offset = SEGMENTS_OFFSET + segment.index() * SEGMENT_LENGTH;
        steps.beforeChange();
        buffer.putLong(offset, segment.region().id());
        buffer.putInt(offset + BLOCK_LENGTH_OFFSET, segment.blockLength());
        buffer.putInt(offset + BLOCK_COUNT_OFFSET, segment.blockCount());
        steps.beforeChange();
        buffer.putIntVolatile(SEGMENT_COUNT_OFFSET, segment.index() + 1);
    }

    long segmentRegionId(final int index)
    {
        return buffer.getLong(SEGMENTS_OFFSET + index * SEGMENT_LENGTH);
    }

    int segmentBlockLength(final int index)
    {
        return buffer.getInt(SEGMENTS_OFFSET + index * SEGMENT_LENGTH + BLOCK_LENGTH_OFFSET);
    }

    int segmentBlockCount(final int index)
    {
        return buffer.getInt(SEGMENTS_OFFSET + index * SEGMENT_LENGTH + BLOCK_COUNT_OFFSET);
    }
}
