package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeromesh.NodeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.tools.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node that can not be launched in a process of its own ends with one line that says what, where and what to do.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaunchErrorTest
{
    private final Grid grid = new Grid(Threading.THREADED);
    private final List<Path> mounts = new ArrayList<>();

    @AfterEach
    void close()
    {
        mounts.forEach((mount) -> run("umount", mount.toString()));
        grid.close();
    }

    @Test
    void shouldNameTheNameThatIsTaken()
    {
        grid.start("taken");
        assertRefused(ErrorCode.NAME_TAKEN, grid.base(), List.of("'taken'", "names"), "--name", "taken");
    }

    @Test
    void shouldNameTheOwnerOfADirectoryOfAnotherUser() throws IOException
    {
        final Path directory = Files.createDirectory(grid.base().resolve("other"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assumeTrue(run("chown", "nobody", directory.toString()) == 0, "only root can give a directory away");

        assertRefused(ErrorCode.DIRECTORY_UNUSABLE, directory, List.of("'" + directory, "nobody", "root"),
            "--name", "a", "--edge", "shm:x");
    }

    @Test
    void shouldNameADirectoryThatIsNotWritable() throws IOException
    {
        final Path mount = mount("size=1m,mode=700,ro");
        assertRefused(ErrorCode.DIRECTORY_UNUSABLE, mount, List.of(mount.toString(), "Read-only file system"),
            "--name", "a", "--edge", "shm:x");
    }

    @ParameterizedTest
    @CsvSource({"shm:x", "aeron:udp?endpoint=127.0.0.1:0|remote=127.0.0.1:9"})
    void shouldSayHowMuchSharedMemoryIsNeededAndFound(final String uri) throws IOException
    {
        final Path mount = mount("size=1m,mode=700");
        final String error = assertRefused(ErrorCode.OUT_OF_SHARED_MEMORY, mount, List.of(mount.toString()),
            "--name", "a", "--edge", uri.replace(":0|", ":" + Wiring.freePort() + "|"));
        assertNeededAndFound(error, mount, 1024 * 1024);
    }

    @Test
    void shouldSayHowMuchMemoryIsNeededForTheStatus() throws IOException
    {
        final Path mount = mount("size=256k,mode=700");
        final String error = assertRefused(ErrorCode.OUT_OF_SHARED_MEMORY, mount, List.of("status"), "--name", "a");
        assertNeededAndFound(error, mount, 256 * 1024);
    }

    private static void assertNeededAndFound(final String error, final Path mount, final long length)
    {
        final List<Long> numbers = Pattern.compile("\\d{5,}").matcher(error.replace(mount.toString(), ""))
            .results().map((match) -> Long.parseLong(match.group())).toList();
        assertTrue(numbers.stream().anyMatch((n) -> n > length), error);
        assertTrue(numbers.stream().anyMatch((n) -> n <= length), error);
    }

    /** Who starts at the same time as its neighbours may meet the one that is being replaced. */
    @Test
    void shouldNameBothPeersWhenTheWrongOneIsThereAndWaitForTheRightOne()
    {
        grid.start("gateway", "shm:link");
        try (Child child = Child.start(grid.base(), Mesh.class, "node", "--dir", grid.base().toString(),
            "--name", "a", "--edge", "shm:link?peer=pricer"))
        {
            final String refusal = awaitLine(child, ErrorCode.EDGE_REFUSED.name());
            assertTrue(refusal.contains("'gateway'") && refusal.contains("'pricer'"), refusal);
            assertTrue(refusal.contains("The node goes on"), refusal);

            grid.stop("gateway");
            grid.start("pricer", "shm:link");
            awaitLine(child, "up, to pricer");
        }
    }

    private static String awaitLine(final Child child, final String text)
    {
        String line = child.pollLine();
        while (line == null || !line.contains(text)) // until the timeout
        {
            assertTrue(line != null || child.isAlive(), child::errors);
            JvmProcess.rest();
            line = child.pollLine();
        }
        return line;
    }

    @Test
    void shouldNameThoseWhoHaveTheLink()
    {
        grid.start("left", "shm:link");
        grid.start("right", "shm:link");
        grid.awaitRoute("left", "right");
        assertRefused(ErrorCode.LINK_TAKEN, grid.base(), List.of("'left'", "'right'", "link"),
            "--name", "third", "--edge", "shm:link");
    }

    @Test
    void shouldNameThePartOfABadUri()
    {
        assertRefused(ErrorCode.BAD_EDGE_CONFIG, grid.base(), List.of("cost", "'x'", "from 0 to"),
            "--name", "a", "--edge", "shm:link?cost=x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "link; scheme; link; shm:link?peer=gateway",
        "shm:; link; ''; 1 to 64",
        "shm:a/b; link; a/b; 1 to 64",
        "shm:a?peer; parameter; peer; key=value",
        "shm:a?peer=x|peer=y; parameter; peer=y; once",
        "shm:a?pear=x; parameter; pear; peer",
        "shm:a?data-length=20000; data-length; 20000; power of two",
        "inproc:a?cost=-1; cost; -1; from 0 to",
        "aeron:tcp?endpoint=h:1; path; tcp; udp",
        "aeron:udp?remote=h:1; endpoint; ''; host:port",
        "aeron:udp?endpoint=h:1|remote=h:99999; remote; h:99999; 65535",
        "aeron:udp?group=10.0.0.1:4000; group; 10.0.0.1:4000; 224.0.0.0",
        "aeron:udp?group=224.0.1.2:4000; group; 224.0.1.2:4000; odd",
        "aeron:ipc?stream=0; stream; 0; from 1 to",
        "aeron:ipc?term-length=100000; term; 100000; power of two",
        "aeron:ipc?dir=here; dir; here; absolute",
        "aeron:ipc?driver=none; driver; none; embedded"})
    void shouldSayWhatIsBadInAUri(final String uri, final String part, final String found, final String allowed)
    {
        final MeshException error = assertThrows(MeshException.class, () -> NodeConfig.named("a").edge(uri));

        assertEquals(ErrorCode.BAD_EDGE_CONFIG, error.code());
        for (final String text : List.of(part, found, allowed))
        {
            assertTrue(error.getMessage().contains(text), () -> text + " is not in: " + error.getMessage());
        }
    }

    /** Runs a node in a process of its own until it gives up. */
    private String assertRefused(
        final ErrorCode code, final Path directory, final List<String> texts, final String... args)
    {
        final List<String> all = new ArrayList<>(List.of("node", "--dir", directory.toString()));
        all.addAll(List.of(args));
        try (Child child = Child.start(grid.base(), Mesh.class, all.toArray(new String[0])))
        {
            final int exit = child.awaitExit();
            final String error = child.errors().strip();
            assertNotEquals(0, exit, error);
            assertEquals(1, error.lines().count(), error);
            assertTrue(error.contains(code.id() + " " + code), error);
            assertTrue(error.contains(code.remedy()), error);
            for (final String text : texts)
            {
                assertTrue(error.contains(text), () -> text + " is not in: " + error);
            }
            return error;
        }
    }

    private Path mount(final String options) throws IOException
    {
        final Path directory = Files.createDirectory(grid.base().resolve("mount"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()) == 0, "may not mount");
        mounts.add(directory);
        return directory;
    }

    private static int run(final String... command)
    {
        try
        {
            return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        }
        catch (final IOException | InterruptedException ex)
        {
            return -1;
        }
    }
}
