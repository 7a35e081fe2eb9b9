package io.aeromesh.shm;

import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that makes memory and waits to be killed: {@code MemoryMain BASE MESH NODE}.
 */
final class MemoryMain
{
    static final int LENGTH = 8192;
    static final long MARK = 0x1234_5678L;

    private MemoryMain()
    {
    }

    /**
     * Runs until killed, or until its input ends.
     */
    public static void main(final String[] args) throws IOException
    {
        try (HostPresence presence = MeshOs.system().claimName(Path.of(args[0]), args[1], args[2], 3, 4);
            SharedMemory memory = new ShmMemoryProvider().open(
                new SharedMemoryProvider.Context(args[2], args[1], 3, 4, MeshOs.system(), Path.of(args[0])));
            SharedRegion region = memory.create(LENGTH))
        {
            region.buffer().putLong(0, MARK);
            System.out.println("REGION " + region.id());
            System.out.flush();
            while (System.in.read() >= 0 && !presence.equals(HostPresence.NONE))
            {
                Thread.onSpinWait();
            }
        }
    }
}
