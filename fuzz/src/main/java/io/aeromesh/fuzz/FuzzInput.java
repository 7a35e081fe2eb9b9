package io.aeromesh.fuzz;

import java.util.Arrays;

/**
 * The bytes of one execution, taken from the front, little-endian. Behind the end all is zero, so that every prefix of
 * an input is an input too. The same bytes always give the same values: an input replays without the fuzzer.
 * <p>
 * <b>Threading:</b> one thread.
 */
public final class FuzzInput
{
    private static final int BYTE_MASK = 0xFF;

    private final byte[] bytes;
    private int at;

    /**
     * @param bytes borrowed, not changed.
     */
    public FuzzInput(final byte[] bytes)
    {
        this.bytes = bytes;
    }

    /**
     * Whether anything is left.
     */
    public boolean hasMore()
    {
        return at < bytes.length;
    }

    /**
     * From 0 to 255.
     */
    public int int8()
    {
        return at < bytes.length ? bytes[at++] & BYTE_MASK : 0;
    }

    /**
     * From 0 to 65535.
     */
    public int int16()
    {
        return int8() | int8() << Byte.SIZE;
    }

    /**
     * Any int.
     */
    public int int32()
    {
        return int16() | int16() << Short.SIZE;
    }

    /**
     * Any long.
     */
    public long int64()
    {
        return int32() & 0xFFFF_FFFFL | (long)int32() << Integer.SIZE;
    }

    /**
     * From 0 to a bound of at most 65536, without it.
     */
    public int below(final int bound)
    {
        return (bound <= 1 << Byte.SIZE ? int8() : int16()) % bound;
    }

    /**
     * One in two.
     */
    public boolean flag()
    {
        return (int8() & 1) != 0;
    }

    /**
     * The next bytes, fewer at the end.
     */
    public byte[] bytes(final int count)
    {
        final int end = Math.min(bytes.length, at + count);
        final byte[] taken = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return taken;
    }

    /**
     * All that is left.
     */
    public byte[] rest()
    {
        return bytes(bytes.length - at);
    }
}
