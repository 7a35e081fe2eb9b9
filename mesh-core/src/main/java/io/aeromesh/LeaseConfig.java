package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import org.agrona.BitUtil;

/**
 * Bounds of the memory that one node hands out as leases.
 *
 * @param segmentLengthMin bytes of blocks that a size class begins with, or one block where that is longer; each
 *                         further segment of the class has twice as many blocks.
 * @param blockLengthMax   longest block in bytes, a power of two.
 * @param arenaLengthMax   bytes of all segments together.
 * @param peerLengthMax    bytes of blocks that one other node may have at once.
 */
public record LeaseConfig(int segmentLengthMin, int blockLengthMax, long arenaLengthMax, long peerLengthMax)
{
    /** Shortest block, in bytes. */
    public static final int BLOCK_LENGTH_MIN = 4096;

    /** Longest block that can be configured, in bytes. */
    public static final int BLOCK_LENGTH_LIMIT = 1 << 28;

    private static final int SEGMENT_LENGTH_LIMIT = 1 << 28;

    /**
     * Segments from 256 KiB, blocks up to 16 MiB, 64 MiB in all, 32 MiB for one peer. The arena is made by the first
     * lease and grows as blocks are held at once, so that a node without leases pays nothing and one with small leases
     * 300 KiB. The bound is what a container's usual /dev/shm has; where there is less, growing stops with an error
     * that says so.
     */
    public static final LeaseConfig DEFAULT = new LeaseConfig(256 * 1024, 16 << 20, 64L << 20, 32L << 20);

    /**
     * Validates.
     */
    public LeaseConfig
    {
        if (segmentLengthMin < BLOCK_LENGTH_MIN || segmentLengthMin > SEGMENT_LENGTH_LIMIT)
        {
            throw bad("need segmentLengthMin from " + BLOCK_LENGTH_MIN + " to " + SEGMENT_LENGTH_LIMIT +
                ": segmentLengthMin=" + segmentLengthMin);
        }
        if (blockLengthMax < BLOCK_LENGTH_MIN || blockLengthMax > BLOCK_LENGTH_LIMIT ||
            !BitUtil.isPowerOfTwo(blockLengthMax))
        {
            throw bad("need blockLengthMax, a power of two from " + BLOCK_LENGTH_MIN + " to " + BLOCK_LENGTH_LIMIT +
                ": blockLengthMax=" + blockLengthMax);
        }
        if (peerLengthMax < blockLengthMax || arenaLengthMax < 2L * blockLengthMax)
        {
            throw bad("need peerLengthMax >= blockLengthMax and arenaLengthMax >= 2 * blockLengthMax: peerLengthMax=" +
                peerLengthMax + ", arenaLengthMax=" + arenaLengthMax + ", blockLengthMax=" + blockLengthMax);
        }
    }

    private static MeshException bad(final String message)
    {
        return new MeshException(ErrorCode.BAD_CONFIG, message);
    }
}
