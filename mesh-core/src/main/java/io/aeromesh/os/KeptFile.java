package io.aeromesh.os;

import io.aeromesh.error.MeshException;

/**
 * A small file in which a node keeps what it is to know after a restart. What is written replaces all that was, whole
 * or not at all, also when the machine loses its power.
 * <p>
 * <b>Threading:</b> opened on the launching thread, then the agent's. Nothing but {@link #read}, {@link #setAside} and
 * {@link #close} waits for the disk.
 */
public interface KeptFile extends AutoCloseable
{
    /** Longest content, in bytes. */
    int LENGTH_MAX = 1 << 20;

    /**
     * What is kept; empty: nothing yet. Content longer than {@link #LENGTH_MAX} is cut there.
     *
     * @throws MeshException MEMORY_DAMAGED when it can not be read.
     */
    byte[] read();

    /**
     * Renames what is kept, so that a person can look at it and the next write begins anew.
     *
     * @return where it is now, for people.
     */
    String setAside();

    /**
     * Keeps this, soon: the latest wins when the disk is slower.
     *
     * @param content not changed any more.
     */
    void write(byte[] content);

    /**
     * What went wrong with writing since the last call, or null.
     */
    MeshException takeError();

    /**
     * Ends with the last content written, but waits for a slow disk no longer than two seconds. Idempotent.
     */
    @Override
    void close();

    /** Keeps nothing. */
    KeptFile NONE = new KeptFile()
    {
        @Override
        public byte[] read()
        {
            return new byte[0];
        }

        @Override
        public String setAside()
        {
            return "nowhere";
        }

        @Override
        public void write(final byte[] content)
        {
            // nothing is kept
        }

        @Override
        public MeshException takeError()
        {
            return null;
        }

        @Override
        public void close()
        {
            // nothing is open
        }
    };
}
