package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads what a host needs before it is needed: launches one and attaches a context to it, in a directory of its own and
 * without the edges to other nodes.
 */
final class WarmUp
{
    private WarmUp()
    {
    }

    static void run(final NodeConfig config) throws IOException
    {
        final Path parent = config.baseDirectory().toAbsolutePath().getParent();
        final Path directory = Files.createTempDirectory(parent, "aeromesh-warm-");
        try
        {
            final NodeConfig host = NodeConfig.named("warm").baseDirectory(directory).invoked();
            try (MeshNode node = MeshNode.launch(host.hosting(config.contextsMax()));
                MeshNode context = MeshNode.attach(NodeConfig.named("up").baseDirectory(directory).invoked()))
            {
                while (context.routes().isEmpty() && node.isRunning())
                {
                    node.doWork();
                    context.doWork();
                }
            }
        }
        finally
        {
            delete(directory);
        }
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
