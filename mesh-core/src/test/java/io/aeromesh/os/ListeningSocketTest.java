package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketTest
{
    private static final int LOOKS = 20_000;
    private static final int ALLOWED_BYTES = 4096;

    @TempDir
    private Path directory;

    @Test
    void shouldAcceptEachWhoConnects() throws IOException
    {
        final Path path = directory.resolve("s");
        try (ListeningSocket socket = ListeningSocket.bind(path))
        {
            assertNull(socket.accept());
            try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path)))
            {
                for (final SocketChannel client : new SocketChannel[] {first, second})
                {
                    try (SocketChannel accepted = socket.accept())
                    {
                        assertNotNull(accepted, client::toString);
                    }
                }
                assertNull(socket.accept());
            }
            assertThrows(IOException.class, () -> ListeningSocket.bind(path));
        }
    }

    @Test
    void shouldAllocateNothingWhileNobodyConnects() throws IOException
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        try (ListeningSocket socket = ListeningSocket.bind(directory.resolve("s")))
        {
            look(socket);
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            look(socket);
            final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(allocated < ALLOWED_BYTES, () -> allocated + " bytes for " + LOOKS + " looks");
        }
    }

    private static void look(final ListeningSocket socket) throws IOException
    {
        for (int i = 0; i < LOOKS; i++)
        {
            assertNull(socket.accept());
        }
    }
}
