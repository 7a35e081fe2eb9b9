package io.aeromesh.tools.stream;

/**
 * How messages are told apart in a stream of bytes.
 */
public enum Format
{
    /** Not at all. */
    RAW,
    /** By a newline. */
    LINES,
    /** By their length before each: four bytes, big-endian. */
    FRAMES;

    /** Long enough for a disk, short enough to stay in a cache. */
    private static final int RAW_LENGTH_MAX = 64 * 1024;

    /**
     * What finds messages of this format.
     *
     * @param messageLengthMax of the channel, in bytes.
     */
    public Cutter cutter(final int messageLengthMax)
    {
        return switch (this)
        {
            case RAW -> new RawCutter(Math.min(RAW_LENGTH_MAX, messageLengthMax));
            case LINES -> new LineCutter(messageLengthMax);
            case FRAMES -> new FrameCutter(messageLengthMax);
        };
    }
}
