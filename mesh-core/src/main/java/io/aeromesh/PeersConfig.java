package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.file.Path;

/**
 * How a node that has a place keeps itself in the mesh: how many neighbours it looks for, and what it remembers.
 *
 * @param active    neighbours that the node looks for by itself; more may come to it.
 * @param known     places that it remembers, of neighbours and others.
 * @param directory in which they are kept on disk, which survives restarts; empty: they are not.
 */
public record PeersConfig(int active, int known, Path directory)
{
    /** Highest {@link #active()}. */
    public static final int ACTIVE_MAX = 64;
    /** Highest {@link #known()}. */
    public static final int KNOWN_MAX = 4096;
    /** 4 neighbours, 128 places, nothing on disk. */
    public static final PeersConfig DEFAULT = new PeersConfig(4, 128, Path.of(""));

    /**
     * Validates.
     */
    public PeersConfig
    {
        if (active < 1 || active > ACTIVE_MAX)
        {
            throw new MeshException(
                ErrorCode.BAD_CONFIG, "need active from 1 to " + ACTIVE_MAX + ": active=" + active);
        }
        if (known < active || known > KNOWN_MAX)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG,
                "need known from active=" + active + " to " + KNOWN_MAX + ": known=" + known);
        }
    }

    /**
     * Whether places are kept on disk.
     */
    public boolean isKept()
    {
        return !directory.toString().isEmpty();
    }

    /**
     * Looking for so many neighbours.
     */
    public PeersConfig active(final int newActive)
    {
        return new PeersConfig(newActive, known, directory);
    }

    /**
     * Remembering so many places.
     */
    public PeersConfig known(final int newKnown)
    {
        return new PeersConfig(active, newKnown, directory);
    }

    /**
     * Kept on disk in a directory, which is made when it is missing.
     */
    public PeersConfig kept(final Path newDirectory)
    {
        return new PeersConfig(active, known, newDirectory);
    }
}
