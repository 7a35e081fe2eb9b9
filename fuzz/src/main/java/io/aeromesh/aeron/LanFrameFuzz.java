package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.spi.JoinableMedium;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Any bytes as an announcement of a place, which everybody on the network can send. What is taken has an address that
 * can be dialled, and encodes to the same bytes; what is not taken, and is of the mesh, is refused with a reason.
 */
public final class LanFrameFuzz
{
    private static final long MESH = 0x0102_0304_0506_0708L;
    private static final int ASKS_OFFSET = 12;

    private LanFrameFuzz()
    {
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(32 * 1024, bytes, LanFrameFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final FuzzInput input = new FuzzInput(bytes);
        // one longer, as a datagram that is too long is cut there
        final ByteBuffer buffer = ByteBuffer.allocate(LanFrame.LENGTH_MAX + 1).order(ByteOrder.LITTLE_ENDIAN);
        LanFrame.encode(buffer, MESH, false, "");
        final int begin = input.flag() ? ASKS_OFFSET : 0;
        buffer.limit(buffer.capacity()).position(begin);
        buffer.put(input.bytes(buffer.remaining())).flip();

        final LanFrame frame = new LanFrame();
        try
        {
            if (frame.decode(buffer, MESH))
            {
                check(frame, buffer);
            }
        }
        catch (final MeshException refused)
        {
            Must.hold(refused.code() == ErrorCode.BAD_EDGE_CONFIG, "refused as " + refused.code());
        }
    }

    private static void check(final LanFrame frame, final ByteBuffer buffer)
    {
        final String address = frame.address();
        Must.within(1, address.length(), JoinableMedium.ADDRESS_LENGTH_MAX, "length of the address");
        new Doorbell(address, AeronOptions.STREAM_DEFAULT);
        final ByteBuffer again = ByteBuffer.allocate(LanFrame.LENGTH_MAX).order(ByteOrder.LITTLE_ENDIAN);
        LanFrame.encode(again, MESH, frame.isAsking(), address);
        buffer.put(ASKS_OFFSET, (byte)(frame.isAsking() ? 1 : 0)).rewind();
        Must.hold(again.equals(buffer), "encodes to other bytes");
    }
}
