package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Rendezvous;
import io.aeromesh.bench.cli.measure.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What an end of a technology is set up with.
 *
 * @param job       to be measured.
 * @param directory where both ends have their files; removed afterwards with all that is in it.
 * @param role      of this end.
 * @param objects   that threads of one JVM share.
 * @param page      by which the ends agree, which also has the lines of the limit.
 */
public record Site(Job job, Path directory, Role role, Map<String, Object> objects, Rendezvous page)
{
    /** Without shared objects yet. */
    public Site(final Job job, final Path directory, final Role role, final Rendezvous page)
    {
        this(job, directory, role, new ConcurrentHashMap<>(), page);
    }

    /** The other end, in the same JVM. */
    public Site other(final Rendezvous otherPage)
    {
        return new Site(job, directory, role.other(), objects, otherPage);
    }

    Variant variant()
    {
        return new Variant(job.variant());
    }

    boolean isLead()
    {
        return role == Role.LEAD;
    }

    /** Of two ways, named by where they lead. */
    String inbound()
    {
        return isLead() ? "to-lead" : "to-peer";
    }

    String outbound()
    {
        return isLead() ? "to-peer" : "to-lead";
    }

    /**
     * An object of both threads, made by whichever asks first.
     */
    <T> T shared(final String name, final Class<T> type, final Supplier<T> maker)
    {
        return type.cast(objects.computeIfAbsent(name, key -> maker.get()));
    }

    /**
     * A number that the end that opens first has chosen, such as a port.
     */
    int agreed(final String name, final Supplier<Integer> chooser)
    {
        final Path file = directory.resolve(name);
        try
        {
            if (!Files.exists(file))
            {
                Files.writeString(file, Integer.toString(chooser.get()));
            }
            return Integer.parseInt(Files.readString(file));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    static int freeUdpPort()
    {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    static int freeTcpPort()
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
