package io.aeromesh.os;

import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.Must;
import io.aeromesh.fuzz.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * What a process says on the presence socket of a name that is watched, and to the socket of the watcher's own. Exactly
 * one notice comes of it, and it is a death only where the first bytes are the instance that was watched.
 */
public final class PresenceFuzz implements HostPresence.DeathListener
{
    private static final String MESH = "mesh";
    private static final int BYTES_MAX = 64;
    private static final int LOOKS = 4;
    private static final Path BASE = Scratch.directory();
    private static final UnixPresence SELF = UnixPresence.claim(BASE, MESH, "self", 1, 1);
    private static final ServerSocketChannel PEER =
        Scratch.listen(NameLocks.file(NameLocks.directory(BASE), MESH, "peer", ".sock"));
    private static long nowNs;

    private int ended;
    private int lost;

    private PresenceFuzz()
    {
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(64 * 1024, bytes, PresenceFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final ByteBuffer said = ByteBuffer.wrap(bytes, 0, Math.min(BYTES_MAX, bytes.length));
        final PresenceFuzz one = new PresenceFuzz();
        SELF.watch("peer", 0, 2);
        try (SocketChannel watched = PEER.accept())
        {
            watched.write(said);
            one.look();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        for (int i = 0; i < LOOKS; i++)
        {
            one.look();
        }
        final boolean isInstance = said.capacity() >= 2 * Long.BYTES && said.limit() >= 2 * Long.BYTES &&
            said.getLong(0) == 0 && said.getLong(Long.BYTES) == 2;
        Must.within(isInstance ? 1 : 0, one.ended, isInstance ? 1 : 0, "deaths");
        Must.within(isInstance ? 0 : 1, one.lost, isInstance ? 0 : 1, "watches lost");
    }

    private void look()
    {
        nowNs += 1L << 30;
        SELF.doWork(nowNs, this);
    }

    @Override
    public void onProcessEnded(final String peerName, final long instanceHigh, final long instanceLow)
    {
        ended++;
    }

    @Override
    public void onWatchLost(final String peerName, final long instanceHigh, final long instanceLow)
    {
        lost++;
    }
}
