package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that goes over a relay, in three processes. {@code -Dmesh.stream.bytes=1073741824} for one of a gibibyte.
 */
@Tag("slow")
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamTransferTest
{
    private static final long BYTES = Long.getLong("mesh.stream.bytes", 48L * 1024 * 1024);
    private static final int CHUNK = 1024 * 1024;
    /** A window, what is read ahead, and what pipes and processes have in their hands. */
    private static final long AHEAD_MAX = 4L * 1024 * 1024;
    private static final long SLOW_NS = TimeUnit.MILLISECONDS.toNanos(5);

    @TempDir
    private Path temporary;
    private Path base;
    private Path input;
    private Path output;

    @BeforeEach
    void writeInput() throws IOException
    {
        base = temporary.resolve("base");
        input = temporary.resolve("input");
        output = temporary.resolve("output");
        final byte[] chunk = new byte[CHUNK];
        final Random random = new Random(11);
        try (OutputStream out = Files.newOutputStream(input))
        {
            for (long written = 0; written < BYTES; written += CHUNK)
            {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int)Math.min(CHUNK, BYTES - written));
            }
        }
    }

    @Test
    void shouldBringAFileOverARelay() throws IOException
    {
        try (Tool relay = relay();
            Tool recv = recv(Redirect.to(output.toFile()));
            Tool send = send("--raw"))
        {
            assertDone(send, recv);
            assertTrue(relay.isAlive());
        }
        assertEquals(-1, Files.mismatch(input, output));
    }

    /**
     * How far the sender has read its input is known to the kernel: never much more than came out.
     */
    @Test
    void shouldReadNoFurtherThanASlowReceiverAllows() throws IOException
    {
        try (Tool relay = relay();
            Tool recv = recv(Redirect.PIPE);
            Tool send = send("--raw");
            OutputStream copy = Files.newOutputStream(output))
        {
            final InputStream slow = recv.output();
            final byte[] chunk = new byte[CHUNK];
            long received = 0;
            for (int length = slow.read(chunk); length >= 0; length = slow.read(chunk))
            {
                final long read = position(send);
                assertTrue(read - received - length <= AHEAD_MAX, "read " + read + ", received " + received);
                copy.write(chunk, 0, length);
                if (received / CHUNK != (received + length) / CHUNK)
                {
                    LockSupport.parkNanos(SLOW_NS);
                }
                received += length;
            }
            assertDone(send, recv);
            assertTrue(relay.isAlive());
        }
        assertEquals(-1, Files.mismatch(input, output));
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheRelayIsKilledAndStartedAgain() throws IOException
    {
        try (Tool relay = relay();
            Tool recv = recv(Redirect.to(output.toFile()));
            Tool send = send())
        {
            recv.await("half of the file", () -> size(output) > BYTES / 2);
            assertTrue(size(output) < BYTES, "over before the relay was killed");
            relay.signal("KILL");
            relay.awaitExit();
            try (Tool again = relay())
            {
                assertDone(send, recv);
                assertTrue(again.isAlive());
            }
        }
        assertEquals(-1, Files.mismatch(input, output));
    }

    private static void assertDone(final Tool send, final Tool recv)
    {
        assertEquals(0, send.awaitExit(), send::errors);
        assertEquals(0, recv.awaitExit(), recv::errors);
        assertTrue(send.errors().contains("sent " + BYTES + " bytes"), send::errors);
        assertTrue(recv.errors().contains("received " + BYTES + " bytes"), recv::errors);
        System.out.print(send.errors() + recv.errors());
    }

    private Tool relay()
    {
        return Tool.start(base, Redirect.PIPE, Redirect.DISCARD,
            "node", "--name", "relay", "--edge", "shm:left?peer=me", "--edge", "shm:right?peer=you");
    }

    private Tool recv(final Redirect out)
    {
        return Tool.start(base, Redirect.PIPE, out,
            "recv", "data", "--name", "you", "--edge", "shm:right?peer=relay");
    }

    private Tool send(final String... args)
    {
        final String[] all = new String[args.length + 9];
        System.arraycopy(new String[] {"send", "--to", "you/data", "--mode", "PROXY", "--name", "me", "--edge",
            "shm:left?peer=relay"}, 0, all, 0, 9);
        System.arraycopy(args, 0, all, 9, args.length);
        return Tool.start(base, Redirect.from(input.toFile()), Redirect.DISCARD, all);
    }

    /**
     * Of a process in the file that is its standard input; 0 once it has ended.
     */
    private static long position(final Tool tool)
    {
        try
        {
            return Files.readAllLines(Path.of("/proc/" + tool.pid() + "/fdinfo/0")).stream()
                .filter(line -> line.startsWith("pos:")).mapToLong(line -> Long.parseLong(line.substring(4).strip()))
                .findFirst().orElse(0);
        }
        catch (final IOException ex)
        {
            return 0;
        }
    }

    private static long size(final Path file)
    {
        try
        {
            return Files.size(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
