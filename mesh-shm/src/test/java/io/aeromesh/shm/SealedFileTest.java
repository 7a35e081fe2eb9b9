package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory that goes over a socket.
 */
@Timeout(30)
class SealedFileTest
{
    private static final int LENGTH = 3 * MappedFile.PAGE_LENGTH;

    @TempDir
    private Path directory;
    private SocketChannel from;
    private SocketChannel to;
    private DescriptorPassing sender;
    private DescriptorPassing receiver;

    @BeforeEach
    void connect() throws IOException
    {
        final UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX))
        {
            server.bind(address);
            from = SocketChannel.open(address);
            to = server.accept();
        }
        to.configureBlocking(false);
        sender = new DescriptorPassing(from);
        receiver = new DescriptorPassing(to);
    }

    @AfterEach
    void close() throws IOException
    {
        receiver.close();
        from.close();
        to.close();
    }

    private static ByteBuffer bytes(final int length)
    {
        return ByteBuffer.allocateDirect(length);
    }

    private int pass(final int descriptor)
    {
        assertTrue(sender.send(bytes(8), descriptor));
        assertEquals(8, receiver.read(bytes(100)));
        return receiver.take();
    }

    @Test
    void shouldShareMemoryWhoseLengthNeitherEndCanChange() throws IOException
    {
        try (SealedFile made = SealedFile.create(LENGTH);
            SealedFile got = SealedFile.of(pass(made.descriptor()), LENGTH);
            MappedFile here = made.map();
            MappedFile there = got.map())
        {
            here.buffer().putLongRelease(LENGTH - Long.BYTES, 17);
            assertEquals(17, there.buffer().getLongAcquire(LENGTH - Long.BYTES));
            for (final SealedFile end : new SealedFile[] {made, got})
            {
                try (FileChannel channel =
                    FileChannel.open(Path.of("/proc/self/fd/" + end.descriptor()), StandardOpenOption.WRITE))
                {
                    assertThrows(IOException.class, () -> channel.truncate(0));
                    assertThrows(IOException.class, () -> channel.write(ByteBuffer.allocate(1), LENGTH));
                }
            }
        }
    }

    @Test
    void shouldRefuseMemoryThatCanChangeItsLengthOrHasAnother() throws IOException
    {
        final int open = LibC.memfd_create("open", LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING);
        try (FileChannel channel = FileChannel.open(Path.of("/proc/self/fd/" + open), StandardOpenOption.WRITE))
        {
            MappedFile.fill(channel, LENGTH);
        }
        final long descriptors = descriptors();
        final IOException unsealed = assertThrows(IOException.class, () -> SealedFile.of(pass(open), LENGTH));
        assertTrue(unsealed.getMessage().contains("seals 0"), unsealed::getMessage);
        try (SealedFile made = SealedFile.create(LENGTH))
        {
            final IOException longer =
                assertThrows(IOException.class, () -> SealedFile.of(pass(made.descriptor()), 2 * LENGTH));
            assertTrue(longer.getMessage().contains("has " + LENGTH + " bytes"), longer::getMessage);
        }
        assertEquals(descriptors, descriptors());
        LibC.close(open);
    }

    @Test
    void shouldNotWaitForWhoHoldsALeaseOnTheMemory() throws IOException
    {
        final int setLease = 1024;
        final int setSignal = 10;
        final int ignoredSignal = 23;
        try (SealedFile made = SealedFile.create(LENGTH))
        {
            final int passed = pass(made.descriptor());
            LibC.fcntl(made.descriptor(), setSignal, ignoredSignal); // for us, as we are the holder here
            LibC.fcntl(made.descriptor(), setLease, 0); // F_RDLCK: whoever opens it to write waits
            try (SealedFile got = SealedFile.of(passed, LENGTH);
                MappedFile memory = got.map())
            {
                assertEquals(LENGTH, memory.buffer().capacity());
            }
        }
    }

    @Test
    void shouldCloseWhatIsNotTaken() throws IOException
    {
        try (SealedFile made = SealedFile.create(LENGTH))
        {
            final long descriptors = descriptors();
            for (int i = 0; i < 3; i++)
            {
                assertTrue(sender.send(bytes(8), made.descriptor()));
                assertEquals(8, receiver.read(bytes(8)));
            }
            assertEquals(descriptors + 1, descriptors());
            receiver.close();
            assertEquals(DescriptorPassing.NONE, receiver.take());
            assertEquals(descriptors, descriptors());
        }
    }

    @Test
    void shouldReadAsASocketDoes() throws IOException
    {
        assertEquals(0, receiver.read(bytes(8)));
        from.write(ByteBuffer.allocate(5));
        final ByteBuffer in = bytes(8).position(2);
        assertEquals(5, receiver.read(in));
        assertEquals(7, in.position());
        assertEquals(DescriptorPassing.NONE, receiver.take());
        from.close();
        assertEquals(-1, receiver.read(in));
    }

    private static long descriptors() throws IOException
    {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd")))
        {
            return all.count();
        }
    }
}
