package io.aeromesh.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.StatusConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.StatusFiles;
import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.os.StatusMemory;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.StatusLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a node tells is read from its file, also after a crash, and no damage of the file does harm.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeWatchTest
{
    private static final StatusConfig CONFIG = new StatusConfig(64, 16, 1);

    @TempDir
    private Path temporary;

    /** A node without an agent. */
    private final class Teller implements AutoCloseable
    {
        private final String name;
        private final HostPresence presence;
        private final StatusMemory memory;
        private final NodeStatus status;

        Teller(final String name)
        {
            this.name = name;
            presence = MeshOs.system().claimName(base(), "mesh", name, 1, name.hashCode());
            memory = presence.openStatus(NodeStatus.length(CONFIG));
            status = new NodeStatus(
                new NodeStatus.Subject(name, "mesh", 1, name.hashCode()), CONFIG, memory, MeshOs.system());
        }

        /** As the kernel would: the lock goes, the file stays. */
        void crash()
        {
            memory.keep();
            presence.close();
        }

        @Override
        public void close()
        {
            status.close();
            presence.close();
        }
    }

    private Path base()
    {
        return temporary.resolve("base");
    }

    private NodeSnapshot only()
    {
        final NodeWatch.Nodes found = NodeWatch.read(base());
        assertEquals(List.of(), found.unreadable());
        assertEquals(1, found.nodes().size(), found::toString);
        return found.nodes().get(0);
    }

    @Test
    void shouldReadWhatANodeTells()
    {
        final long beforeMs = System.currentTimeMillis();
        try (Teller teller = new Teller("gateway"))
        {
            teller.status.counters().forwarded(7);
            teller.status.counters().allocate(MeshCounter.EDGE_PACKETS_IN, "node gateway edge shm:x: y").setRelease(5);
            teller.status.counters().channel("channel z").received(9);
            teller.status.events().note(MeshEvent.EDGE_UP, "shm:x", "pricer");
            teller.status.events().note(MeshEvent.SLOW_CYCLE, "services", "", 20_000_000);
            teller.status.times(MeshHistogram.HOP).record(1_000);
            new DistinctErrorLog(teller.status.errorBuffer(), () -> 77, StandardCharsets.UTF_8)
                .record(new IllegalStateException("it broke"));

            final NodeSnapshot node = only();

            assertEquals("gateway", node.name());
            assertEquals("mesh", node.mesh());
            assertEquals(State.ALIVE, node.state());
            assertEquals(ProcessHandle.current().pid(), node.processId());
            assertTrue(node.startMs() >= beforeMs);
            assertTrue(node.counters().contains(new CounterValue(MeshCounter.PACKETS_FORWARDED, "", 7)));
            assertTrue(node.counters().contains(
                new CounterValue(MeshCounter.EDGE_PACKETS_IN, "shm:x: y", 5)), node.counters()::toString);
            assertTrue(node.counters().contains(
                new CounterValue(MeshCounter.CHANNEL_RECEIVED_BYTES, "z", 9)), node.counters()::toString);
            assertEquals(List.of("EDGE_UP shm:x pricer 0", "SLOW_CYCLE services  20000000"), node.events().stream()
                .map(event -> event.kind() + " " + event.subject() + " " + event.detail() + " " + event.value())
                .toList());
            assertEquals(1, node.errors().size());
            assertEquals(77, node.errors().get(0).firstMs());
            assertTrue(node.errors().get(0).text().contains("it broke"));
            assertEquals(1, node.times().get(MeshHistogram.HOP).count());
            assertEquals(1_000, node.times().get(MeshHistogram.HOP).maxNs());
            assertEquals(0, node.times().get(MeshHistogram.DUTY_CYCLE).count());
        }
    }

    @Test
    void shouldLeaveNothingOfANodeThatWasClosedAndKeepItReadableInItsProcess()
    {
        final Teller teller = new Teller("gateway");
        teller.status.counters().forwarded(7);
        final int id = teller.status.counters().node(MeshCounter.PACKETS_FORWARDED).id();
        final var earlier = teller.status.reader();
        teller.close();

        assertEquals(List.of(), NodeWatch.read(base()).nodes());
        assertEquals(7, teller.status.reader().getCounterValue(id));
        assertEquals(0, earlier.getCounterValue(id)); // and no fault
        teller.status.counters().forwarded(1); // nor is this
    }

    @Test
    void shouldHaveFilesForThisUserAlone() throws IOException
    {
        try (Teller teller = new Teller("gateway"))
        {
            final Path file = file();
            assertEquals(teller.memory.buffer().capacity(), Files.size(file));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        }
    }

    @Test
    void shouldKeepTheNewestEventsAndCutWhatIsTooLong()
    {
        try (Teller teller = new Teller("gateway"))
        {
            for (int i = 1; i <= 40; i++)
            {
                teller.status.events().note(MeshEvent.ROUTE, "node-" + i, "via", i);
            }
            teller.status.events().note(MeshEvent.ROUTE_LOST, "\u00e9\u20ac\ud83d\ude00".repeat(60), "rest");

            final List<NotedEvent> events = only().events();

            assertEquals(16, events.size());
            assertEquals(26, events.get(0).number());
            assertEquals("node-40", events.get(14).subject());
            assertEquals("\u00e9\u20ac\ud83d\ude00".repeat(23), events.get(15).subject().substring(0, 23 * 4));
            assertFalse(events.get(15).subject().contains("\ufffd"), "cut within a character");
        }
    }

    /**
     * The subject of each event tells its value, so that a mixture of two shows.
     */
    @Test
    void shouldReadWholeEventsWhileTheyAreWritten() throws InterruptedException
    {
        try (Teller teller = new Teller("gateway"))
        {
            final Thread writer = new Thread(() ->
            {
                for (long i = 1; !Thread.currentThread().isInterrupted(); i++)
                {
                    teller.status.events().note(MeshEvent.ROUTE, Long.toString(i).repeat(9), "", i);
                }
            });
            writer.start();
            int seen = 0;
            for (int i = 0; i < 2_000; i++)
            {
                for (final NotedEvent event : only().events())
                {
                    assertEquals(event.number(), event.value());
                    assertEquals(Long.toString(event.value()).repeat(9), event.subject());
                    seen++;
                }
            }
            writer.interrupt();
            writer.join();
            assertTrue(seen > 0);
        }
    }

    @Test
    void shouldReadANodeThatHasCrashedAndTheCrashBeforeIt()
    {
        final Teller first = new Teller("gateway");
        first.status.events().note(MeshEvent.NODE_STARTED, "first", "");
        first.crash();
        assertEquals(State.CRASHED, only().state());
        assertEquals("first", only().events().get(0).subject());

        final Teller second = new Teller("gateway");
        second.status.events().note(MeshEvent.NODE_STARTED, "second", "");
        List<NodeSnapshot> nodes = NodeWatch.read(base()).nodes();
        assertEquals(List.of(State.ALIVE, State.CRASHED), nodes.stream().map(NodeSnapshot::state).toList());
        assertEquals("second", nodes.get(0).events().get(0).subject());
        assertEquals("first", nodes.get(1).events().get(0).subject());

        second.crash();
        try (Teller third = new Teller("gateway"))
        {
            third.status.events().note(MeshEvent.NODE_STARTED, "third", "");
            nodes = NodeWatch.read(base()).nodes();
            assertEquals(2, nodes.size(), "the last crash of each name is kept");
            assertEquals("second", nodes.get(1).events().get(0).subject());
        }
    }

    @Test
    void shouldBoundWhatCrashesLeave()
    {
        for (int i = 0; i < StatusFiles.CRASHED_MAX + 5; i++)
        {
            new Teller("node-" + i).crash();
        }
        try (Teller living = new Teller("living"))
        {
            final List<NodeSnapshot> nodes = NodeWatch.read(base()).nodes();
            assertEquals(StatusFiles.CRASHED_MAX + 1, nodes.size());
            assertEquals(living.name, nodes.get(0).name());
            assertTrue(nodes.stream().anyMatch(node -> node.name().equals("node-" + (StatusFiles.CRASHED_MAX + 4))));
        }
    }

    @Test
    void shouldFindNothingWhereThereIsNothing()
    {
        assertEquals(List.of(), NodeWatch.read(temporary.resolve("absent")).nodes());
    }

    @Test
    void shouldSayWhyAFileCanNotBeRead() throws IOException
    {
        new Teller("gateway").crash();
        final Path file = file();
        final byte[] good = Files.readAllBytes(file);
        assertDamaged(file, new byte[0], "0 bytes");
        assertDamaged(file, new byte[good.length], "does not begin as one");
        assertDamaged(file, changed(good, StatusLayout.VERSION_OFFSET, 99), "layout version=99, need 1");
        assertDamaged(file, changed(good, StatusLayout.COUNTERS_MAX_OFFSET, 1 << 30), "counters=1073741824");
        assertDamaged(file, changed(good, StatusLayout.COUNTERS_MAX_OFFSET, 65 * 2), "bytes=");
        assertDamaged(file, changed(good, StatusLayout.EVENTS_MAX_OFFSET, -1), "events=-1");
        assertDamaged(file, changed(good, StatusLayout.NAME_LENGTH_OFFSET, 129), "length of the name=129");
        assertDamaged(file, changed(good, StatusLayout.HEADER_LENGTH + 128, 1_000), "label=1000");
        assertDamaged(file, java.util.Arrays.copyOf(good, good.length - 1), "bytes=");
        final int errors = new StatusLayout(CONFIG).errorOffset();
        assertDamaged(file, changed(good, errors, 1 << 20), "length of an error=1048576");
        assertDamaged(file, changed(good, errors, 3), "length of an error=3");
    }

    private static void assertDamaged(final Path file, final byte[] content, final String why) throws IOException
    {
        Files.write(file, content);
        final MeshException ex = assertThrows(MeshException.class,
            () -> NodeWatch.read(new StatusFiles.Entry(file, State.CRASHED, 0)));
        assertEquals(ErrorCode.STATUS_UNREADABLE, ex.code());
        assertTrue(ex.getMessage().contains(why) && ex.getMessage().contains(file.toString()), ex.getMessage());
    }

    private static byte[] changed(final byte[] good, final int offset, final int value)
    {
        final byte[] bad = good.clone();
        ByteBuffer.wrap(bad).order(ByteOrder.nativeOrder()).putInt(offset, value);
        return bad;
    }

    /**
     * Whatever was written over it: it is read, or refused with the reason.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldSurviveAnyDamage(final long seed) throws IOException
    {
        final Teller teller = new Teller("gateway");
        teller.status.events().note(MeshEvent.EDGE_UP, "shm:x", "pricer");
        new DistinctErrorLog(teller.status.errorBuffer(), () -> 77, StandardCharsets.UTF_8).record(new Error("x"));
        teller.crash();
        final Path file = file();
        final byte[] good = Files.readAllBytes(file);
        final int[] hot = {0, StatusLayout.HEADER_LENGTH, new StatusLayout(CONFIG).errorOffset(),
            new StatusLayout(CONFIG).eventsOffset(), 0};
        final Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 2_000; i++)
        {
            final byte[] bad = good.clone();
            final int begin = hot[random.nextInt(hot.length)];
            for (int n = random.nextInt(8); n >= 0; n--)
            {
                bad[begin + random.nextInt(Math.min(160, bad.length - begin))] = (byte)random.nextInt();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
            {
                channel.write(ByteBuffer.wrap(bad), 0);
            }
            final NodeWatch.Nodes found = NodeWatch.read(base());
            assertEquals(1, found.nodes().size() + found.unreadable().size());
            refused += found.unreadable().size();
        }
        assertTrue(refused > 0);
    }

    private Path file() throws IOException
    {
        try (Stream<Path> files = Files.list(base().resolve("status")))
        {
            return files.findFirst().orElseThrow();
        }
    }
}
