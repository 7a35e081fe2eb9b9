package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Short messages are written word by word: a call that copies memory takes longer than a few moves.
 */
final class Words
{
    private static final int LENGTH_MAX = 64;

    private Words()
    {
    }

    /**
     * Whether a message of that length is written so, by all technologies alike.
     */
    static boolean areQuicker(final int length)
    {
        return length <= LENGTH_MAX && length % SIZE_OF_LONG == 0;
    }
}
