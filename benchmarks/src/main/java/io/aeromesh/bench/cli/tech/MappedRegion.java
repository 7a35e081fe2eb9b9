package io.aeromesh.bench.cli.tech;

import java.io.File;
import java.nio.MappedByteBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mapped file in the site's directory: made by the lead, which opens first, and found by the peer.
 */
final class MappedRegion implements AutoCloseable
{
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;

    MappedRegion(final Site site, final String name, final int length)
    {
        final File file = site.directory().resolve(name).toFile();
        // mapped anew at each end also where both are threads, as the pages are the same
        mapped = site.isLead() ? IoUtil.mapNewFile(file, length) : IoUtil.mapExistingFile(file, name);
        buffer = new UnsafeBuffer(mapped);
    }

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    @Override
    public void close()
    {
        IoUtil.unmap(mapped);
    }
}
