package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.contract.SharedMemoryContract;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.NameLocks;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract, and what only files have.
 */
class ShmMemoryTest extends SharedMemoryContract
{
    private static final String MESH = "mesh";
    private static final int STARTS = 100;
    private static final long DELETE_WITHIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    private Path parent;
    private final Map<SharedMemory, HostPresence> presences = new HashMap<>();

    /** A node: its memory and its name. */
    private static final class Node extends ForwardingMemory
    {
        private final HostPresence presence;

        Node(final SharedMemory memory, final HostPresence presence)
        {
            super(memory);
            this.presence = presence;
        }

        @Override
        public void close()
        {
            super.close();
            presence.close();
        }
    }

    private Path base()
    {
        return parent.resolve("base");
    }

    private SharedMemoryProvider.Context context(final String nodeName, final String meshName, final long instance)
    {
        return new SharedMemoryProvider.Context(nodeName, meshName, instance, instance, MeshOs.system(), base());
    }

    @Override
    protected SharedMemory open(final String nodeName, final long instance)
    {
        final HostPresence presence = MeshOs.system().claimName(base(), MESH, nodeName, instance, instance);
        final Node node = new Node(new ShmMemoryProvider().open(context(nodeName, MESH, instance)), presence);
        presences.put(node, presence);
        return node;
    }

    @Override
    protected void abandon(final SharedMemory memory)
    {
        presences.get(memory).close();
    }

    @AfterEach
    void letNamesGo()
    {
        presences.values().forEach(HostPresence::close);
    }

    private Path directoryOf(final String nodeName)
    {
        return base().resolve("memory").resolve(NameLocks.fileName(MESH, nodeName));
    }

    private Path fileOf(final String nodeName, final long id)
    {
        return directoryOf(nodeName).resolve(LinkId.hex(id) + ".mem");
    }

    private static String mode(final Path path) throws IOException
    {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void shouldMakeFilesOfWholePagesForThisUserOnlyAndLeaveNone() throws IOException
    {
        try (SharedMemory memory = open("node", 1); SharedRegion region = memory.create(5000))
        {
            assertEquals("rwx------", mode(base().resolve("memory")));
            assertEquals("rwx------", mode(directoryOf("node")));
            assertEquals("rw-------", mode(fileOf("node", region.id())));
            assertEquals(8192, Files.size(fileOf("node", region.id())));
        }
        assertFalse(Files.exists(directoryOf("node")));
    }

    /** At either end: a fault on the fast path costs as much as a hundred messages. */
    @Test
    void shouldTakeNoPageFaultInTheFirstLap() throws IOException
    {
        final int pages = 4096;
        try (SharedMemory memory = open("node", 1);
            SharedRegion made = memory.create(pages * 4096);
            SharedRegion mapped = memory.attach("node", made.id(), pages * 4096))
        {
            for (final SharedRegion region : new SharedRegion[] {made, mapped})
            {
                final long before = minorFaults();
                for (int i = 0; i < pages; i++)
                {
                    region.buffer().putLong(i * 4096, i);
                }
                final long faults = minorFaults() - before;
                assertTrue(faults < pages / 16, faults + " faults on " + pages + " pages");
            }
        }
    }

    private static long minorFaults() throws IOException
    {
        final String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[7]);
    }

    @Test
    void shouldRefuseLinksStrangersAndOtherSizes() throws IOException
    {
        try (SharedMemory memory = open("node", 1); SharedRegion region = memory.create(4096))
        {
            Files.createSymbolicLink(fileOf("node", 1), fileOf("node", region.id()));
            Files.createDirectory(fileOf("node", 2));
            Files.write(fileOf("node", 3), new byte[4095]);
            for (long id = 1; id <= 3; id++)
            {
                final long bad = id;
                assertEquals(ErrorCode.DIRECT_UNAVAILABLE,
                    assertThrows(MeshException.class, () -> memory.attach("node", bad, 4096)).code());
            }
            Files.setPosixFilePermissions(directoryOf("node"), PosixFilePermissions.fromString("rwxrwx---"));
            assertEquals(ErrorCode.DIRECTORY_UNUSABLE,
                assertThrows(MeshException.class, () -> memory.attach("node", region.id(), 4096)).code());
            Files.setPosixFilePermissions(directoryOf("node"), PosixFilePermissions.fromString("rwx------"));
            Files.delete(fileOf("node", 2));
        }
    }

    @Test
    void shouldLookForNothingOutsideTheCreatorsDirectory() throws IOException
    {
        Files.write(base().resolve("secret.mem"), new byte[4096]);
        try (SharedMemory memory = open("node", 1))
        {
            for (final String creator : new String[] {"../..", "/", ".", "../../secret"})
            {
                for (final long id : new long[] {0, -1, Long.MIN_VALUE})
                {
                    assertEquals(ErrorCode.DIRECT_UNAVAILABLE,
                        assertThrows(MeshException.class, () -> memory.attach(creator, id, 4096)).code());
                }
            }
        }
    }

    @Test
    void shouldHaveAnotherTokenInAnotherMesh()
    {
        try (SharedMemory memory = open("node", 1);
            SharedMemory other = new ShmMemoryProvider().open(context("node", "other", 1)))
        {
            assertNotEquals(memory.token(), other.token());
        }
    }

    @Test
    void shouldSayBytesNeededAndFound() throws IOException
    {
        final FreeSpace plenty = directory -> Long.MAX_VALUE;
        final FreeSpace little = directory -> 8191;
        for (final ShmMemoryProvider provider : new ShmMemoryProvider[] {
            new ShmMemoryProvider(little, plenty), new ShmMemoryProvider(plenty, little)})
        {
            try (SharedMemory memory = provider.open(context("short", MESH, 1)))
            {
                memory.create(4096).close();
                final MeshException ex = assertThrows(MeshException.class, () -> memory.create(4097));
                assertEquals(ErrorCode.OUT_OF_SHARED_MEMORY, ex.code());
                assertTrue(ex.getMessage().contains("need 8192"), ex.getMessage());
                assertTrue(ex.getMessage().contains("found 8191"), ex.getMessage());
                try (Stream<Path> files = Files.list(directoryOf("short")))
                {
                    assertEquals(0, files.count());
                }
            }
        }
    }

    /** In place of the file, as nothing else keeps an administrator from deleting it. */
    @Test
    void shouldGoOnWhenANameCanNotBeTakenAway() throws IOException
    {
        final Path stuck;
        final Path other;
        try (SharedMemory memory = open("node", 1); SharedRegion region = memory.create(4096))
        {
            other = fileOf("node", memory.create(4096).id());
            stuck = fileOf("node", region.id());
            Files.delete(stuck);
            Files.createFile(Files.createDirectory(stuck).resolve("stranger"));

            region.unlink();
            region.buffer().putLong(0, 1);
        }

        assertTrue(Files.exists(stuck));
        assertFalse(Files.exists(other));
        Files.delete(stuck.resolve("stranger"));
    }

    /** One of the same name that lingered deletes it with the last that it had of others. */
    @Test
    void shouldMakeItsDirectoryAgainWhenItIsDeletedWhileItOpens()
    {
        final Path directory = directoryOf("node");
        for (int i = 0; i < STARTS; i++)
        {
            final CompletableFuture<Void> predecessor = CompletableFuture.runAsync(() -> deleteOnce(directory));

            new ShmMemoryProvider().open(context("node", MESH, 1)).close();

            predecessor.join();
        }
    }

    private static void deleteOnce(final Path directory)
    {
        final long deadlineNs = System.nanoTime() + DELETE_WITHIN_NS;
        while (!directory.toFile().delete() && System.nanoTime() - deadlineNs < 0)
        {
            Thread.onSpinWait(); // it is not there yet, or the other was quicker and has made a file in it
        }
    }

    /** A lack that passes: a refusal would never be tried again. */
    @Test
    void shouldSayThatMemoryIsShortWhenAllDescriptorsAreInUse() throws IOException
    {
        try (SharedMemory memory = open("holder", 1);
            SharedRegion region = memory.create(4096);
            ChildProcess child = ChildProcess.startWithDescriptors(256, FullTableMain.class, base().toString(), MESH,
                "short", "holder", Long.toString(region.id()), "4096"))
        {
            assertEquals(ErrorCode.OUT_OF_SHARED_MEMORY.name(), child.awaitLine("ATTACH"));
            assertEquals(ErrorCode.OUT_OF_SHARED_MEMORY.name(), child.awaitLine("CREATE"));
            assertEquals("DONE DONE", child.awaitLine("LATER"));
        }
    }

    @Test
    void shouldReadTheLimitsOfBothVersionsOfCgroups() throws IOException
    {
        final Path membership = parent.resolve("membership");
        final Path mount = Files.createDirectory(parent.resolve("mount"));
        final FreeSpace cgroup = new CgroupMemory(membership, mount);
        assertEquals(Long.MAX_VALUE, cgroup.usableBytes(parent));

        Files.writeString(membership, "0::/outer/inner\n");
        assertEquals(Long.MAX_VALUE, cgroup.usableBytes(parent));
        final Path inner = Files.createDirectories(mount.resolve("outer/inner"));
        limit(inner, "memory.max", "max", "memory.current", 10, "");
        assertEquals(Long.MAX_VALUE, cgroup.usableBytes(parent));
        limit(mount.resolve("outer"), "memory.max", "1000", "memory.current", 700, "");
        assertEquals(300 + 30, cgroup.usableBytes(parent));
        limit(inner, "memory.max", "100", "memory.current", 90, "");
        assertEquals(10 + 30, cgroup.usableBytes(parent));

        Files.writeString(membership, "4:cpu,memory:/gone\n0::/\n");
        final Path first = Files.createDirectory(mount.resolve("memory"));
        limit(first, "memory.limit_in_bytes", "500", "memory.usage_in_bytes", 600, "total_");
        assertEquals(0, cgroup.usableBytes(parent));
    }

    private static void limit(
        final Path group, final String limitFile, final String limit, final String usageFile, final long usage,
        final String prefix) throws IOException
    {
        Files.writeString(group.resolve(limitFile), limit + "\n");
        Files.writeString(group.resolve(usageFile), usage + "\n");
        Files.writeString(group.resolve("memory.stat"),
            "shmem 55\n" + prefix + "inactive_file 10\n" + prefix + "active_file 20\n");
    }

    /** Closing any descriptor of a lock's file lets the lock go: neither a refusal nor a look may do that. */
    @Test
    void shouldKeepItsNameAgainstOtherProcessesWhenItIsAskedForHere() throws IOException, InterruptedException
    {
        try (SharedMemory memory = open("node", 1))
        {
            assertEquals(ErrorCode.NAME_TAKEN, assertThrows(MeshException.class, () -> open("node", 1)).code());
            assertTrue(memory.isAlive("node", 1, 1));
            try (ChildProcess child = ChildProcess.start(MemoryMain.class, base().toString(), MESH, "node"))
            {
                assertNotEquals(0, child.awaitExit());
            }
        }
    }

    @Test
    void shouldSweepAfterAKilledProcessAndNotBefore() throws IOException
    {
        try (SharedMemory memory = open("survivor", 1);
            ChildProcess child = ChildProcess.start(MemoryMain.class, base().toString(), MESH, "victim"))
        {
            final long id = Long.parseLong(child.awaitLine("REGION"));
            final SharedRegion mapped = memory.attach("victim", id, MemoryMain.LENGTH);
            assertTrue(memory.isAlive("victim", 3, 4));
            memory.sweep("victim");
            assertTrue(Files.exists(fileOf("victim", id)));

            child.kill();
            assertFalse(memory.isAlive("victim", 3, 4));
            memory.sweep("victim");
            assertFalse(Files.exists(fileOf("victim", id)));
            assertEquals(MemoryMain.MARK, mapped.buffer().getLong(0));
            mapped.close();
            assertTrue(memory.isAlive("survivor", 1, 1));
        }
    }
}
