package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamMemoryTest
{
    private static final Path SHARED = Path.of("/dev/shm");
    private static final int STREAMS = 2;

    private Path base;

    @BeforeEach
    void makeDirectory() throws IOException
    {
        assumeTrue(Files.isDirectory(SHARED), "no " + SHARED);
        base = Files.createTempDirectory(SHARED, "am-");
    }

    @AfterEach
    void removeDirectory()
    {
        if (base != null)
        {
            IoUtil.delete(base.toFile(), true);
        }
    }

    /**
     * A page that a stream first touches when memory is full is a SIGBUS, which ends the driver, or the node.
     */
    @Test
    void shouldHaveAllMemoryOfItsStreamsBeforeTheyAreUsed() throws IOException
    {
        final int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            port = socket.getLocalPort();
        }
        try (MeshNode node = MeshNode.launch(NodeConfig.named("a").baseDirectory(base).invoked()
            .edge("aeron:udp?endpoint=127.0.0.1:" + port + "|remote=127.0.0.1:" + port + "|remote-stream=3001")))
        {
            List<Path> logs = List.of();
            while (logs.size() < STREAMS) // the timeout ends it
            {
                node.doWork();
                logs = logs();
            }

            for (final Path log : logs)
            {
                assertTrue(allocated(log) >= Files.size(log),
                    log + " has " + allocated(log) + " of " + Files.size(log));
            }
            assertEquals(List.of(), node.errors());
        }
    }

    private List<Path> logs() throws IOException
    {
        try (Stream<Path> files = Files.walk(base))
        {
            return files.filter(file -> file.toString().endsWith(".logbuffer")).toList();
        }
    }

    private static long allocated(final Path file) throws IOException
    {
        final Process stat = new ProcessBuilder("stat", "--format=%b %B", file.toString()).start();
        final String[] blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .trim().split(" ");
        return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
    }
}
