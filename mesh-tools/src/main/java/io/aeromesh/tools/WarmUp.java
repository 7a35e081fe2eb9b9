package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.tools.process.UdpPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Loads what a host needs before it is needed: launches one and attaches a context to it, in a directory of its own,
 * and joins it to another node over the network of this machine if it is to have edges over a network.
 */
final class WarmUp
{
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(10);

    private WarmUp()
    {
    }

    static void run(final NodeConfig config) throws IOException
    {
        final Path parent = config.baseDirectory().toAbsolutePath().getParent();
        final Path directory = Files.createTempDirectory(parent, "aeromesh-warm-");
        try
        {
            final boolean isNetworked = config.edges().stream().anyMatch(edge -> edge.scheme().equals("aeron"));
            final int[] ports = isNetworked ? UdpPorts.free(2) : null;
            NodeConfig host = NodeConfig.named("warm").baseDirectory(directory).invoked().hosting(1);
            NodeConfig other = NodeConfig.named("other").baseDirectory(directory).invoked();
            if (isNetworked)
            {
                host = host.edge(udp(ports[0], ports[1]));
                other = other.edge(udp(ports[1], ports[0]));
            }
            try (MeshNode node = MeshNode.launch(host);
                MeshNode neighbour = MeshNode.launch(other);
                MeshNode context = MeshNode.attach(NodeConfig.named("up").baseDirectory(directory).invoked()))
            {
                final long startNs = System.nanoTime();
                while (context.routes().size() < (isNetworked ? 2 : 1) && System.nanoTime() - startNs < BOUND_NS)
                {
                    node.doWork();
                    neighbour.doWork();
                    context.doWork();
                }
            }
        }
        finally
        {
            delete(directory);
        }
    }

    private static String udp(final int own, final int peer)
    {
        return "aeron:udp?endpoint=127.0.0.1:" + own + "|remote=127.0.0.1:" + peer + "|term-length=65536";
    }

    private static void delete(final Path directory) throws IOException
    {
        final List<Path> all;
        try (Stream<Path> files = Files.walk(directory))
        {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : all)
        {
            Files.deleteIfExists(file);
        }
    }
}
