package io.aeromesh.shm;

import io.aeromesh.os.JvmFlags;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Makes transports between processes of this host, and threads of one.
 * <p>
 * <b>Threading:</b> any thread; it has no state of its own.
 */
public final class ShmTransportProvider implements TransportProvider
{
    private final FreeSpace freeSpace;

    /**
     * For {@link java.util.ServiceLoader}.
     */
    public ShmTransportProvider()
    {
        this(FreeSpace.OF_FILE_STORE);
    }

    ShmTransportProvider(final FreeSpace freeSpace)
    {
        this.freeSpace = freeSpace;
    }

    @Override
    public String scheme()
    {
        return ShmEdgeConfig.SCHEME;
    }

    @Override
    public Set<Capability> capabilities(final EdgeConfig config)
    {
        return Set.of(Capability.SHARES_MEMORY, Capability.DEATH_NOTICE);
    }

    @Override
    public EdgeConfig parse(final EdgeUri uri)
    {
        return ShmEdgeConfig.from(uri);
    }

    @Override
    public Transport open(final TransportContext context)
    {
        JvmFlags.requireOpen("shared memory", List.of("sun.nio.ch", "java.lang.reflect", "jdk.internal.ref"));
        return new ShmTransport(context, freeSpace);
    }

    private record ShmTransport(TransportContext context, FreeSpace freeSpace) implements Transport
    {
        @Override
        public Medium attach(final EdgeConfig config)
        {
            final ShmEdgeConfig shmConfig = (ShmEdgeConfig)config;
            final Path path = null == shmConfig.directory() ? context.baseDirectory() : shmConfig.directory();
            final PeerUsers peers = PeerUsers.of(shmConfig.users());
            return new ShmMedium(context, shmConfig,
                peers.areOthers() ? among(shmConfig, path, peers) : own(shmConfig, path), peers);
        }

        private ShmDirectory own(final ShmEdgeConfig config, final Path path)
        {
            final ShmDirectory directory = ShmDirectory.open(path, freeSpace);
            directory.requireSpace(RingFile.length(config.controlLength(), config.dataLength()));
            directory.sweep();
            return directory;
        }

        /**
         * Where only the socket of a link to other users is.
         */
        private ShmDirectory among(final ShmEdgeConfig config, final Path path, final PeerUsers peers)
        {
            LibC.require();
            if (ShmEdgeConfig.Side.CONNECT == config.side())
            {
                return ShmDirectory.openOf(path, freeSpace, peers.users().get(0));
            }
            final ShmDirectory directory = ShmDirectory.openGranted(path, freeSpace);
            directory.requireMemory(RingFile.length(config.controlLength(), config.dataLength()));
            directory.sweep();
            return directory;
        }

        @Override
        public int doWork(final long nowNs)
        {
            return 0;
        }

        @Override
        public void close()
        {
            // media own all there is
        }
    }
}
