package io.aeromesh.mesh;

import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.os.KeptFile;
import io.aeromesh.os.MeshOs;
import java.nio.file.Path;

/**
 * A machine with one small file, which a test can look into and change, and which outlives the node.
 */
final class KeepingOs extends ForwardingOs
{
    /** What is kept, of one node over its restarts. */
    static final class Content implements KeptFile
    {
        byte[] bytes = new byte[0];
        byte[] aside;
        int writes;

        @Override
        public byte[] read()
        {
            return bytes;
        }

        @Override
        public String setAside()
        {
            aside = bytes;
            bytes = new byte[0];
            return "aside";
        }

        @Override
        public void write(final byte[] content)
        {
            writes++;
            bytes = content;
        }

        @Override
        public MeshException takeError()
        {
            return null;
        }

        @Override
        public void close()
        {
            // outlives the node
        }
    }

    private final Content content;

    KeepingOs(final MeshOs os, final Content content)
    {
        super(os);
        this.content = content;
    }

    @Override
    public KeptFile keep(final Path directory, final String name)
    {
        return content;
    }
}
