package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a Unix person expects of send and recv, in real processes of one host: two neighbours, who share memory.
 */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamCommandsTest
{
    private static final File FULL = new File("/dev/full");
    private static final int INTERRUPTED = 130;
    private static final int BROKEN_PIPE = 141;
    private static final long TYPING_NS = TimeUnit.MILLISECONDS.toNanos(10);

    @TempDir
    private Path temporary;
    private Path base;
    private Path input;
    private Path output;

    @BeforeEach
    void choosePaths()
    {
        base = temporary.resolve("base");
        input = temporary.resolve("input");
        output = temporary.resolve("output");
    }

    @AfterEach
    void dropInterrupt()
    {
        Thread.interrupted();
    }

    @Test
    void shouldSendNothing() throws IOException
    {
        assertSame(new byte[0], new String[0], new String[0]);
    }

    @Test
    void shouldSendLinesByteByByte() throws IOException
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final byte[] random = new byte[500_000];
        new Random(3).nextBytes(random);
        bytes.writeBytes(random);
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[1_500_000]); // one line, of zeros, longer than a message
        bytes.writeBytes("\nlast, without newline".getBytes(StandardCharsets.US_ASCII));

        assertSame(bytes.toByteArray(), new String[0], new String[0]);
    }

    @Test
    void shouldSendFrames() throws IOException
    {
        final ByteBuffer frames = ByteBuffer.allocate(300_000);
        for (int length = 0; frames.remaining() > length + Integer.BYTES; length += 997)
        {
            frames.putInt(length).put(new byte[length]);
        }
        final byte[] bytes = new byte[frames.position()];
        frames.flip().get(bytes);

        assertSame(bytes, new String[] {"--frames"}, new String[] {"--frames"});
    }

    @Test
    void shouldRefuseABadFrameInOneLine() throws IOException
    {
        Files.write(input, new byte[] {127, 0, 0, 0, 1});
        try (Tool recv = recv(Redirect.to(output.toFile()));
            Tool send = send(Redirect.from(input.toFile()), "--frames"))
        {
            assertEquals(1, send.awaitExit());
            assertTrue(send.errors().contains("frame 1 has length=2130706432, need 0 to 524280"), send::errors);
            assertTrue(!send.errors().contains("\tat "), send::errors);
            recv.awaitExit();
        }
    }

    @Test
    void shouldReportAsJson() throws IOException
    {
        Files.writeString(input, "one\ntwo\n");
        try (Tool recv = recv(Redirect.to(output.toFile()), "--json");
            Tool send = send(Redirect.from(input.toFile()), "--json"))
        {
            assertEquals(0, send.awaitExit(), send::errors);
            assertEquals(0, recv.awaitExit(), recv::errors);
            final JsonNode sent = new ObjectMapper().readTree(send.errors());
            assertEquals(2, sent.get("acknowledged_messages").intValue());
            assertEquals("COMPLETE", sent.get("end").textValue());
            assertEquals(8, new ObjectMapper().readTree(recv.errors()).get("bytes").intValue());
        }
    }

    @Test
    void shouldEndMessagesOfOtherProgramsWithANewline() throws IOException
    {
        try (MeshNode program = MeshNode.launch(
            NodeConfig.named("me").baseDirectory(base).edge("shm:pair?peer=you"));
            Tool recv = recv(Redirect.to(output.toFile()), "--lines"))
        {
            final Channel channel = program.open(ChannelSpec.to("you").named("data"));
            for (final String message : new String[] {"buy 100", "sell 7\n"})
            {
                final UnsafeBuffer buffer = new UnsafeBuffer(message.getBytes(StandardCharsets.US_ASCII));
                recv.await("message taken", () ->
                {
                    channel.poll((ignored, offset, length, origin) ->
                    {}, 1);
                    return channel.offer(buffer) > 0;
                });
            }
            channel.close();
            assertEquals(0, recv.awaitExit(), recv::errors);
            assertEquals("buy 100\nsell 7\n", Files.readString(output));
        }
    }

    @Test
    void shouldTakeOneSenderAfterTheOtherUntilCtrlC() throws IOException
    {
        try (Tool recv = recv(Redirect.to(output.toFile()), "--keep"))
        {
            for (final String text : new String[] {"first\n", "second\n"})
            {
                Files.writeString(input, text);
                try (Tool send = send(Redirect.from(input.toFile())))
                {
                    assertEquals(0, send.awaitExit(), send::errors);
                }
            }
            recv.await("both", () -> size(output) == "first\nsecond\n".length());
            recv.signal("INT");
            assertEquals(INTERRUPTED, recv.awaitExit(), recv::errors);
        }
        assertEquals("first\nsecond\n", Files.readString(output));
    }

    /** What can not be read is not all that there was. */
    @Test
    void shouldFailWhenTheInputCanNotBeRead() throws IOException
    {
        try (Tool recv = recv(Redirect.to(output.toFile()));
            Tool send = send(Redirect.from(Path.of("/proc/self/mem").toFile())))
        {
            assertEquals(1, send.awaitExit(), send::errors);
            assertTrue(send.errors().contains("can not read the input"), send::errors);
            recv.awaitExit();
        }
    }

    /**
     * Lines of one are not mixed with those of another that comes meanwhile.
     */
    @Test
    void shouldLetASenderWaitWhileAnotherOneSends() throws IOException
    {
        try (Tool hub = Tool.start(base, Redirect.PIPE, Redirect.DISCARD, "node", "--name", "hub",
            "--edge", "shm:pair", "--edge", "shm:first", "--edge", "shm:second");
            Tool recv = Tool.start(base, Redirect.PIPE, Redirect.to(output.toFile()),
                "recv", "data", "--keep", "--name", "you", "--edge", "shm:pair");
            Tool first = sendBy("first"))
        {
            type(first, "a1\n");
            recv.await("line of the first", () -> size(output) == 3);
            try (Tool second = sendBy("second"))
            {
                type(second, "b1\nb2\n");
                second.input().close();
                second.await("connection", () -> second.errors().contains("PROXY") ||
                    second.errors().contains("DIRECT_MEMORY"));
                type(first, "a2\n");
                first.input().close();
                assertEquals(0, first.awaitExit(), first::errors);
                assertEquals(0, second.awaitExit(), second::errors);
            }
            recv.signal("INT");
            assertEquals(INTERRUPTED, recv.awaitExit(), recv::errors);
            assertTrue(hub.isAlive());
        }
        assertEquals("a1\na2\nb1\nb2\n", Files.readString(output));
    }

    @Test
    void shouldSayWhatIsAcknowledgedAndWhatUnknownWhenTheReceiverDies() throws IOException
    {
        try (Tool recv = recv(Redirect.to(output.toFile())); Tool send = send(Redirect.PIPE, "--progress", "--json"))
        {
            final long acknowledged = awaitDirect(send);
            recv.await("acknowledgement", () -> send.errors().contains(" " + acknowledged + " bytes"));
            recv.signal("STOP");
            type(send, "not taken\n");
            recv.signal("KILL");

            assertEquals(1, send.awaitExit());
            final String json = send.errors().substring(send.errors().indexOf('{'));
            final JsonNode report = new ObjectMapper().readTree(json);
            assertEquals("PEER_DIED", report.get("reason").textValue(), json);
            assertEquals(acknowledged, report.get("acknowledged_bytes").longValue(), json);
            assertEquals("UNKNOWN", report.get("rest").textValue(), json);
        }
    }

    @Test
    void shouldFailWhenTheSenderDies() throws IOException
    {
        try (Tool recv = recv(Redirect.to(output.toFile())); Tool send = send(Redirect.PIPE, "--progress"))
        {
            awaitDirect(send);
            send.signal("KILL");

            assertEquals(1, recv.awaitExit());
            assertTrue(recv.errors().contains("received " + size(output) + " bytes in "), recv::errors);
            assertTrue(recv.errors().contains("from me/data, then the other end's process has died"), recv::errors);
        }
    }

    /** Whoever comes with the data is the sender. */
    @Test
    void shouldTakeTheNextSenderWhenOneDiesThatHadSentNothing() throws IOException
    {
        Files.writeString(input, "one\n");
        try (Tool recv = recv(Redirect.to(output.toFile())))
        {
            try (Tool idle = send(Redirect.PIPE, "--progress"))
            {
                idle.await("connection", () -> idle.errors().contains("PROXY") ||
                    idle.errors().contains("DIRECT_MEMORY"));
                idle.signal("KILL");
            }
            try (Tool send = send(Redirect.from(input.toFile())))
            {
                assertEquals(0, send.awaitExit(), send::errors);
            }
            assertEquals(0, recv.awaitExit(), recv::errors);
        }
        assertEquals("one\n", Files.readString(output));
    }

    @Test
    void shouldFailWhenTheOutputOfACommandIsFull() throws IOException
    {
        try (Tool completion = Tool.start(base, Redirect.PIPE, Redirect.to(FULL), "stat", "--help"))
        {
            assertEquals(1, completion.awaitExit());
            assertTrue(completion.errors().contains("can not write all of the output"), completion::errors);
        }
    }

    @Test
    void shouldEndWhenNobodyReadsWhatItFollows() throws IOException
    {
        try (Tool recv = recv(Redirect.to(output.toFile()));
            Tool ping = Tool.start(base, Redirect.PIPE, Redirect.PIPE, "ping", "you", "-i", "0.01", "--name", "me",
                "--edge", "shm:pair?peer=you"))
        {
            ping.output().close();
            assertEquals(BROKEN_PIPE, ping.awaitExit(), ping::errors);
            assertTrue(recv.isAlive());
        }
    }

    @Test
    void shouldEndQuietlyWhenNobodyReadsTheOutput() throws IOException
    {
        try (Tool recv = recv(Redirect.PIPE); Tool send = send(Redirect.PIPE))
        {
            recv.output().close();
            type(send, "one\n");

            assertEquals(BROKEN_PIPE, recv.awaitExit(), recv::errors);
            assertEquals("", recv.errors());
            assertEquals(1, send.awaitExit());
            assertTrue(send.errors().contains("the other end has closed"), send::errors);
        }
    }

    @Test
    void shouldSayThatTheOutputTakesNoMore() throws IOException
    {
        Files.writeString(input, "one\n");
        try (Tool recv = recv(Redirect.to(FULL));
            Tool send = send(Redirect.from(input.toFile())))
        {
            assertEquals(1, recv.awaitExit());
            assertTrue(recv.errors().contains(
                "can not write the output, after 0 bytes (and 4 more that the sender may take for "), recv::errors);
            assertTrue(!recv.errors().contains("Exception"), recv::errors);
            send.awaitExit();
        }
    }

    @Test
    void shouldReportWhenInterrupted() throws IOException
    {
        try (Tool recv = recv(Redirect.to(output.toFile())); Tool send = send(Redirect.PIPE))
        {
            type(send, "one\n");
            recv.await("message", () -> size(output) == 4);
            send.signal("INT");

            assertEquals(INTERRUPTED, send.awaitExit());
            assertTrue(send.errors().contains("sent 4 bytes in 1 message to you/data, then stopped"), send::errors);
            assertEquals(0, recv.awaitExit(), recv::errors);
        }
    }

    @Test
    void shouldListenToOneNodeOnly() throws IOException
    {
        Files.writeString(input, "one\n");
        try (Tool recv = recv(Redirect.to(output.toFile()), "--from", "other");
            Tool send = send(Redirect.from(input.toFile()), "--timeout", "3"))
        {
            assertEquals(1, send.awaitExit());
            assertTrue(send.errors().contains("'you' has not opened channel 'data' in 3 s"), send::errors);
            assertTrue(recv.isAlive());
        }
    }

    @Test
    void shouldSayThatThereIsNoWay() throws IOException
    {
        try (Tool send = send(Redirect.PIPE, "--timeout", "0.5"))
        {
            assertEquals(1, send.awaitExit());
            assertTrue(send.errors().contains("no way to 'you' in 0.5 s"), send::errors);
        }
    }

    private void assertSame(final byte[] bytes, final String[] sendArgs, final String[] recvArgs) throws IOException
    {
        Files.write(input, bytes);
        try (Tool recv = recv(Redirect.to(output.toFile()), recvArgs);
            Tool send = send(Redirect.from(input.toFile()), sendArgs))
        {
            assertEquals(0, send.awaitExit(), send::errors);
            assertEquals(0, recv.awaitExit(), recv::errors);
            assertTrue(send.errors().contains("all acknowledged"), send::errors);
        }
        assertEquals(-1, Files.mismatch(input, output));
    }

    /**
     * Types lines until the two ends are joined by memory: from then on each is told of the other's death.
     *
     * @return bytes that were typed.
     */
    private static long awaitDirect(final Tool send)
    {
        final String line = "line\n";
        final AtomicLong typed = new AtomicLong();
        send.await("direct way", () ->
        {
            final boolean isDirect = send.errors().contains("DIRECT_MEMORY");
            if (!isDirect)
            {
                type(send, line);
                typed.addAndGet(line.length());
                LockSupport.parkNanos(TYPING_NS);
            }
            return isDirect;
        });
        return typed.get();
    }

    private static void type(final Tool send, final String text)
    {
        try
        {
            send.input().write(text.getBytes(StandardCharsets.US_ASCII));
            send.input().flush();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private Tool sendBy(final String name)
    {
        return Tool.start(base, Redirect.PIPE, Redirect.DISCARD, "send", "--progress", "--to", "you/data",
            "--name", name, "--edge", "shm:" + name);
    }

    private Tool recv(final Redirect out, final String... args)
    {
        return Tool.start(base, Redirect.PIPE, out, with(args, "recv", "data", "--name", "you", "--edge",
            "shm:pair?peer=me"));
    }

    private Tool send(final Redirect in, final String... args)
    {
        return Tool.start(base, in, Redirect.DISCARD, with(args, "send", "--to", "you/data", "--name", "me", "--edge",
            "shm:pair?peer=you"));
    }

    private static String[] with(final String[] more, final String... args)
    {
        final String[] all = new String[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
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
