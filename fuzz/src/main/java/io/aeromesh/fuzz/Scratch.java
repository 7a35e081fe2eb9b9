package io.aeromesh.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files and sockets of a target, made once for all its executions and deleted when the process ends.
 */
public final class Scratch
{
    private Scratch()
    {
    }

    /**
     * A new directory.
     */
    public static Path directory()
    {
        try
        {
            final Path directory = Files.createTempDirectory("mesh-fuzz");
            directory.toFile().deleteOnExit();
            return directory;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A socket that listens at a path.
     */
    public static ServerSocketChannel listen(final Path path)
    {
        try
        {
            final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            path.toFile().deleteOnExit();
            return server;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
