package io.aeromesh.aeron;

import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.Must;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Any bytes as a frame of the link stream, on which strangers can send where it is UDP. What is taken encodes to the
 * same bytes again.
 */
public final class LinkFrameFuzz
{
    private static final int LENGTH_MAX = 1024;

    private LinkFrameFuzz()
    {
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(32 * 1024, bytes, LinkFrameFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final int length = Math.min(LENGTH_MAX, bytes.length);
        final LinkFrame frame = new LinkFrame();
        if (!frame.decode(new UnsafeBuffer(bytes, 0, length), 0, length))
        {
            return;
        }
        Must.within(LinkFrame.OPEN, frame.type(), LinkFrame.REFUSE, "type");
        final byte[] name = LinkFrame.nameBytes(frame.name());
        final byte[] other = LinkFrame.nameBytes(frame.other());
        if (LinkFrame.length(name, other) == length && frame.name().indexOf('\uFFFD') < 0 &&
            frame.other().indexOf('\uFFFD') < 0)
        {
            final byte[] again = new byte[length];
            LinkFrame.encode(
                new UnsafeBuffer(again), 0, frame.type(), frame.sender(), frame.echo(), name, other);
            Must.hold(Arrays.equals(again, Arrays.copyOf(bytes, length)), "encodes to other bytes");
        }
    }
}
