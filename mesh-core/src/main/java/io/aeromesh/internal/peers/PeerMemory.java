package io.aeromesh.internal.peers;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.KeptFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the known places on disk: soon after each change, but not more often than the disk likes.
 * <p>
 * <b>Threading:</b> made on the launching thread, then the agent's. <b>Owns:</b> the file.
 */
final class PeerMemory
{
    private static final long SAVE_NS = TimeUnit.SECONDS.toNanos(1);

    private final KeptFile file;
    private final Consumer<Throwable> errors;
    private final int countMax;
    private MeshException damage;
    private List<KnownPeer> kept = List.of();
    private long nextSaveNs;
    private boolean isDirty;
    private boolean hasSaved;

    /**
     * Reads what is kept. What is damaged is set aside, and said so in the first duty cycle.
     */
    PeerMemory(final KeptFile file, final int countMax, final Consumer<Throwable> errors)
    {
        this.file = file;
        this.countMax = countMax;
        this.errors = errors;
        try
        {
            final byte[] content = file.read();
            kept = content.length == 0 ? kept : PeerText.decode(content, countMax);
        }
        catch (final MeshException ex)
        {
            damage = new MeshException(
                ErrorCode.MEMORY_DAMAGED, ex.finding() + "; it is set aside as " + file.setAside(), ex);
        }
    }

    /**
     * Takes what was kept, once.
     */
    List<KnownPeer> take()
    {
        final List<KnownPeer> taken = kept;
        kept = List.of();
        return taken;
    }

    void changed()
    {
        isDirty = true;
    }

    int doWork(final long nowNs, final List<KnownPeer> peers)
    {
        return file == KeptFile.NONE ? 0 : keep(nowNs, peers);
    }

    private int keep(final long nowNs, final List<KnownPeer> peers)
    {
        final MeshException failure = damage != null ? damage : file.takeError();
        damage = null;
        if (failure != null)
        {
            errors.accept(failure);
        }
        if (!isDirty || hasSaved && nowNs - nextSaveNs < 0)
        {
            return 0;
        }
        nextSaveNs = nowNs + SAVE_NS;
        hasSaved = true;
        save(peers);
        return 1;
    }

    private void save(final List<KnownPeer> peers)
    {
        isDirty = false;
        final List<KnownPeer> latestFirst = new ArrayList<>(peers);
        latestFirst.sort(Comparator.comparingLong(peer -> -peer.seenMs()));
        file.write(PeerText.encode(latestFirst.subList(0, Math.min(countMax, latestFirst.size()))));
    }

    /**
     * Ends with what is known now.
     */
    void close(final List<KnownPeer> peers)
    {
        if (isDirty)
        {
            save(peers);
        }
        file.close();
    }
}
