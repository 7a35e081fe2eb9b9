package io.aeromesh.fuzz.run;

import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.protocol.NodeIds;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A planted fault: reads a name by a length that the peer declares, as {@link NodeIds#decodeName} would without its
 * check, behind a number that an input has to have first.
 */
public final class TrustingDecoder
{
    private static final int MAGIC = 0x4853_4D41;

    private TrustingDecoder()
    {
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(64 * 1024, bytes, TrustingDecoder::run);
    }

    private static void run(final byte[] bytes)
    {
        final UnsafeBuffer packet = new UnsafeBuffer(bytes);
        if (packet.capacity() > Long.BYTES && packet.getInt(0) == MAGIC)
        {
            final byte[] name = new byte[packet.getShort(Integer.BYTES) & Short.MAX_VALUE];
            packet.getBytes(Integer.BYTES + Short.BYTES, name);
        }
    }
}
