package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.EdgeUri;
import java.util.Set;
import org.agrona.BitUtil;

/**
 * What all Aeron edges have. Immutable.
 * <p>
 * <b>Which driver:</b> {@code driver=embedded|external} says it. Without it, a given {@code dir=} means the external
 * driver that runs there; with neither, UDP edges share one embedded driver per node, in a directory of its own, and
 * IPC edges use the external driver of this host, in {@code aeron} below the node's base directory. An IPC edge with
 * {@code driver=embedded} runs that driver in this node, so that the node at the other end can use it as external.
 *
 * @param driver     where the media driver runs.
 * @param dir        of the driver, an absolute path; empty: by the rule above.
 * @param stream     Aeron stream id of the control lane; the data lane has the next one, and the
 *                   handshakes of the edge the one that is 2^30 higher.
 * @param termLength of the data lane in bytes, a power of two; the lane holds half of it.
 * @param mtu        longest frame of the data lane in bytes, with its 32 bytes of header; 0: the medium's default.
 */
public record AeronOptions(DriverMode driver, String dir, int stream, int termLength, int mtu)
{
    /** Stream of the control lane when none is given. */
    public static final int STREAM_DEFAULT = 1001;
    /** Largest stream. */
    public static final int STREAM_MAX = 0x3FFF_FFFE;
    /** Term length of the data lane when none is given, in bytes. */
    public static final int TERM_LENGTH_DEFAULT = 1024 * 1024;
    /** Term length of the control lane, in bytes. */
    public static final int CONTROL_TERM_LENGTH = 64 * 1024;
    /** Smallest term length, in bytes. */
    public static final int TERM_LENGTH_MIN = 64 * 1024;
    /** Largest term length, in bytes. */
    public static final int TERM_LENGTH_MAX = 1024 * 1024 * 1024;
    /** Smallest MTU: it carries the shortest packet that every lane must carry. */
    public static final int MTU_MIN = 1088;
    /** Largest MTU: what one UDP datagram holds. */
    public static final int MTU_MAX = 65_504;
    /** Aeron aligns frames to this many bytes. */
    static final int FRAME_ALIGNMENT = 32;

    private static final String DRIVER = "driver";
    private static final String DIR = "dir";
    static final String STREAM = "stream";
    private static final String TERM_LENGTH = "term-length";
    private static final String MTU = "mtu";

    static final Set<String> PARAMS = Set.of(DRIVER, DIR, STREAM, TERM_LENGTH, MTU);

    /**
     * Validates.
     */
    public AeronOptions
    {
        if (!dir.isEmpty() && (dir.charAt(0) != '/' || dir.indexOf('|') >= 0))
        {
            throw bad(DIR, dir, "an absolute path");
        }
        if (stream < 1 || stream > STREAM_MAX)
        {
            throw bad(STREAM, stream, "an integer from 1 to " + STREAM_MAX);
        }
        if (termLength < TERM_LENGTH_MIN || termLength > TERM_LENGTH_MAX || !BitUtil.isPowerOfTwo(termLength))
        {
            throw bad(TERM_LENGTH, termLength, "a power of two from " + TERM_LENGTH_MIN + " to " + TERM_LENGTH_MAX);
        }
        final int mtuMax = mtuMax(termLength);
        if (mtu != 0 && (mtu < MTU_MIN || mtu > mtuMax || mtu % FRAME_ALIGNMENT != 0))
        {
            throw bad(MTU, mtu, "a multiple of " + FRAME_ALIGNMENT + " from " + MTU_MIN + " to " + mtuMax +
                ", which is an eighth of the term or less");
        }
    }

    static AeronOptions from(final EdgeUri uri, final DriverMode defaultMode)
    {
        final String dir = uri.param(DIR, "");
        return new AeronOptions(
            DriverMode.of(uri, DRIVER, dir.isEmpty() ? defaultMode : DriverMode.EXTERNAL),
            dir,
            uri.intParam(STREAM, STREAM_DEFAULT, 1, STREAM_MAX),
            uri.intParam(TERM_LENGTH, TERM_LENGTH_DEFAULT, TERM_LENGTH_MIN, TERM_LENGTH_MAX),
            uri.intParam(MTU, 0, 0, MTU_MAX));
    }

    void appendTo(final UriText uri)
    {
        uri.param(DRIVER, driver.text()).paramUnlessEmpty(DIR, dir).param(STREAM, Integer.toString(stream))
            .param(TERM_LENGTH, Integer.toString(termLength));
        if (mtu != 0)
        {
            uri.param(MTU, Integer.toString(mtu));
        }
    }

    /**
     * Longest frame that fits a term of that length: an eighth of it, as for Aeron's own messages.
     */
    static int mtuMax(final int termLength)
    {
        return Math.min(MTU_MAX, termLength / 8);
    }

    static MeshException bad(final String part, final Object found, final String allowed)
    {
        return new MeshException(ErrorCode.BAD_EDGE_CONFIG,
            "bad Aeron edge: " + part + " is '" + found + "', allowed is " + allowed);
    }
}
