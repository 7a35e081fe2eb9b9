package io.aeromesh.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 64-bit xxHash of Yann Collet, written from its specification
 * (<a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxhash_spec.md</a>, version 0.1.1).
 * Stateless; any thread.
 */
final class XxHash64
{
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE_LENGTH = 32;

    private XxHash64()
    {
    }

    static long hash(final byte[] bytes, final long seed)
    {
        final ByteBuffer input = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash = bytes.length >= STRIPE_LENGTH ? stripes(input, seed) : seed + PRIME_5;
        hash += bytes.length;

        while (input.remaining() >= Long.BYTES)
        {
            hash = Long.rotateLeft(hash ^ round(0, input.getLong()), 27) * PRIME_1 + PRIME_4;
        }
        if (input.remaining() >= Integer.BYTES)
        {
            hash = Long.rotateLeft(hash ^ (input.getInt() & 0xFFFF_FFFFL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        }
        while (input.hasRemaining())
        {
            hash = Long.rotateLeft(hash ^ (input.get() & 0xFFL) * PRIME_5, 11) * PRIME_1;
        }

        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long stripes(final ByteBuffer input, final long seed)
    {
        long lane1 = seed + PRIME_1 + PRIME_2;
        long lane2 = seed + PRIME_2;
        long lane3 = seed;
        long lane4 = seed - PRIME_1;
        while (input.remaining() >= STRIPE_LENGTH)
        {
            lane1 = round(lane1, input.getLong());
            lane2 = round(lane2, input.getLong());
            lane3 = round(lane3, input.getLong());
            lane4 = round(lane4, input.getLong());
        }
        long hash = Long.rotateLeft(lane1, 1) + Long.rotateLeft(lane2, 7) +
            Long.rotateLeft(lane3, 12) + Long.rotateLeft(lane4, 18);
        hash = merge(hash, lane1);
        hash = merge(hash, lane2);
        hash = merge(hash, lane3);
        return merge(hash, lane4);
    }

    private static long round(final long lane, final long input)
    {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(final long hash, final long lane)
    {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
}
